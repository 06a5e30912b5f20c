//! The props that components are seen to take.

use super::cut;
use crate::{ComponentProps, block_props, component_props};

fn print(component: &ComponentProps) -> String {
    let props = component.props.iter().map(|prop| {
        let mut out = prop.name.clone();
        if prop.optional {
            out.push('?');
        }
        if let Some(annotation) = &prop.annotation {
            out.push_str(&format!(": {annotation}"));
        }
        if !prop.values.is_empty() {
            out.push_str(&format!(" [{}]", prop.values.join(" ")));
        }
        if let Some(documentation) = &prop.documentation {
            out.push_str(&format!(" \"{documentation}\""));
        }
        out
    });
    let mut all: Vec<String> = props.collect();
    if component.open {
        all.push("...".to_owned());
    }
    let local = component.local.as_deref().map(|name| format!("({name})")).unwrap_or_default();
    format!("{}{local} {{ {} }}", component.export, all.join(", "))
}

fn check(text: &str) -> String {
    component_props(text, &cut::module(text)).iter().map(print).collect::<Vec<_>>().join(" | ")
}

#[test]
fn modules() {
    let table = [
        (
            "export default function Card({ title, size = 'm' }: { title: string; size?: 'm' | 'l' }) {}",
            "default(Card) { title: string, size?: 'm' | 'l' [m l] }",
        ),
        (
            "interface Base { id: number }\ninterface Props extends Base {\n  /** What it says. */\n  label: string;\n}\n\
             export const Button = (props: Props) => <b>{props.label}</b>;",
            "Button(Button) { id: number, label: string \"What it says.\" }",
        ),
        ("export default (props) => 1;", "default { ... }"),
        ("export default () => 1;", "default {  }"),
        ("export default function ({ a, b = 1, ...rest }) {}", "default { a?, b?, ... }"),
        ("function Card(p: { a: 1 }) {}\nexport default Card;", "default(Card) { a: 1 }"),
        (
            "const Card = memo((p: Props) => 1);\ntype Props = { a?: B } & C;\nexport { Card };",
            "Card(Card) { a?: B, ... }",
        ),
        (
            "type Tone = 'a' | 'b';\nexport function X(p: Readonly<{ tone: Tone }>) {}",
            "X(X) { tone: Tone [a b] }",
        ),
        ("import { P } from './p';\nexport default (p: P) => 1", "default { ... }"),
        (
            "interface A extends B {}\ninterface B extends A { x: 1 }\nexport const C = (p: A) => 1",
            "C(C) { x: 1, ... }",
        ),
        ("export const lower = (p: { a: 1 }) => 1; export type T = 1;", ""),
        (
            "export default function X({ a: { b }, 'c-d': e }: { a: { b: 1 }; 'c-d'?: 2 }) {}",
            "default(X) { a: { b: 1 }, c-d?: 2 }",
        ),
        ("export default (", ""),
    ];
    for (text, expected) in table {
        assert_eq!(check(text), expected, "{text}");
    }
}

#[test]
fn server_blocks() {
    let table = [
        ("const { title } = props;", "default { title? }"),
        (
            "const { a, b = 1 } = props as { a: 'x' | 'y'; b?: number };",
            "default { a: 'x' | 'y' [x y], b?: number }",
        ),
        ("interface Props { a: 1 }\nconst p: Props = props;", "default { a: 1 }"),
        ("const x = await y;", "default { ... }"),
        ("const { a } = other;", "default { ... }"),
    ];
    for (text, expected) in table {
        assert_eq!(block_props(text).as_ref().map(print).unwrap_or_default(), expected, "{text}");
    }
}
