//! Templates that are rendered by the modules for both targets. Each renders something, and awaits no promise in a hole.

/// Files that stand beside each template.
pub(crate) const SHARED: &str = r#"//- /components/Card.velox
---
const { title = 'untitled' } = props;
---
<article><h2>{title}</h2><slot /><footer><slot name="foot">Enjoy <em>warm</em>.</slot></footer></article>
//- /components/Badge.tsx
export default function Badge(props: { tone?: string; children?: unknown; list?: string[] }) {
  const inner = <b class={['badge', props.tone]}>{props.children}</b>;
  return props.list ? <ul>{props.list.map((item) => <li key={item}>{item} {inner}</li>)}</ul> : inner;
}
//- /layouts/default.velox
---
export const slots = ['sidebar'];
---
<main><slot /></main><aside><slot name="sidebar">Nothing</slot></aside>
//- /lib/ui.tsx
export const Field = ({ label, ...rest }: { label: string; id: string; readonly?: boolean }) => (
  <>
    <label htmlFor={rest.id}>{label}</label>
    <input {...rest} className="field" />
  </>
);
"#;

/// The templates.
pub(crate) const TEMPLATES: &[&str] = &[
    // Text
    "<p>plain</p>",
    "one <b>two</b> three",
    "<p>3 < 5 and 5 > 3 &amp; &copy; &#123;a&#125; &#x1F600; &lt;b&gt; a&nbsp;b</p>",
    "<p>\n  a run\n  inside   of it\n  <b>bold</b> text\n  <i>x</i>\n\n  <u>y</u>\n</p>",
    "<p>a<!-- gone -->b{/* gone */}c{' '}d{3}{`e`}</p>",
    "<pre>\n  kept\n    as it is\n  <b> b </b>\n</pre><textarea>\n\n two </textarea>",
    "---\nconst text = '\\n<first> & \"last\"';\n---\n<pre>{text}</pre><textarea>{text}</textarea><p title={text}>{text}</p>",
    "<p>crlf\r\n  <b>x</b>\r\nand a lone\r\nend</p>",
    // Values
    "---\nconst nothing = null, not: unknown = undefined, yes = true, zero = 0, list = [1, [2, 'x'], null];\n---\n<p>{nothing}{not}{yes}{zero}{list}{false}{10n}{''}</p>",
    "---\nconst on: boolean = true, off = 0;\n---\n<p>{on ? <b>yes</b> : 'no'} {off ? 'yes' : (<i>no</i>)} {on && <u>and</u>}{off && <u>never</u>}</p>",
    "---\nconst teas = ['Sencha', 'A<sam'];\n---\n<ul>{teas.map((tea, at) => <li key={at} class={at ? 'odd' : undefined}>{tea}, {at}</li>)}</ul>",
    "---\nconst teas = ['Sencha', 'Assam'];\n---\n<ul>{teas.map((tea) => { if (tea === 'Assam') return null; const upper = tea.toUpperCase(); return <li>{upper}</li>; })}</ul>",
    "---\nconst rows = [[1, 2], [3]];\n---\n<table><tbody>{rows.map((row) => <tr>{row.map((cell) => <td>{cell}</td>)}</tr>)}</tbody></table>",
    "---\nconst name = 'tea', n = 2;\n---\n<p>{`${name} × ${n}`}{(name as string).length}{name!}{[<b>1</b>, <i>2</i>]}{(n, name)}</p>",
    "---\nconst make = (n: number) => <b>{n}</b>;\n---\n<div>{make(1)}{[2, 3].map(make)}{<><i>a</i>b</>}</div>",
    "---\nconst later = await Promise.resolve('done');\n---\n<p>{later} {await Promise.resolve(<b>now</b>)}</p>",
    // Attributes
    "<a href=\"/a?b=1&amp;c=2\" title='say \"hi\"' data-x data-y=\"1\">x</a><input disabled value=\"v\" readonly><br/>",
    "---\nconst id = 'i', no = null, n = 3, f = false;\n---\n<p {id} title={no} lang={undefined} data-n={n} data-f={f} aria-hidden={f} hidden={f} tabindex={n}>x</p>",
    "---\nconst yes = true, no = 0, text = '';\n---\n<input type=\"checkbox\" checked={yes} disabled={no > 1} readonly={yes} required={false}><button formnovalidate={yes} autofocus={false}>{text}b</button>",
    "---\nconst n = 4;\n---\n<p title=`n ${n} & \"q\"` class=`a-${n}` data-t={`${n}`} id={'x' + n}>x</p>",
    "---\nconst on = true;\n---\n<p class={['a', { b: on, c: !on }, on && 'd']}>1</p><p class:list={[{ e: on }]}>2</p><p className=\"f\">3</p><p class={{}}>4</p><p class={on ? ['g'] : ''}>5</p><p class={'h'}>6</p>",
    "<label htmlFor=\"q\">l</label><p style=\"color: red; margin:0\">a</p><p style={{ color: 'blue', fontSize: '2px', '--x': '1', margin: null }}>b</p>",
    "---\nconst bad = 'javascript:alert(1)', fine = 'https://a.example/?a=1&b=2', rel = '../x';\n---\n<a href={bad}>1</a><a href={fine}>2</a><a href={rel}>3</a><img src={bad} alt=\"\" srcset={'/a 1x, javascript:x 2x'}><form action=`data:text/html,${fine}`></form><a href={null}>4</a>",
    "---\nconst page = '<script>x</script>';\n---\n<iframe srcdoc={page}></iframe>",
    "---\nconst rest = { title: 't', className: ['a', { b: true }], href: 'javascript:x', onclick: 'evil()', innerHTML: '<i>', disabled: '', hidden: false };\n---\n<a {...rest} id=\"i\">x</a><button type=\"button\" {...rest} title=\"u\">y</button>",
    "<button type=\"button\" onclick=\"location.reload()\" onblur={'blur()'} onfocus=`focus()`>again</button>",
    "---\nconst no = false, yes = true;\n---\n<p aria-hidden={no} data-x={yes} draggable={no} spellcheck={yes}>x</p>",
    "---\nconst open: boolean = true, name = 'n';\n---\n<p title={open ? name : (name + 'x')} id={open && (name as string)} lang={open ? (name) : null}>x</p>",
    // Raw
    "---\nconst html = '<em>picked</em>', none = null;\n---\n<p innerHTML={html}></p><p innerHTML=\"&lt;b&gt;x&lt;/b&gt;\"></p><p innerHTML={none}></p><p dangerouslySetInnerHTML={{ __html: html }}></p>",
    "---\nconst data = { a: '</script>', b: [1] };\n---\n<script type=\"application/json\">{data}</script><script is:inline>if (1 < 2 && 'a') { go(\"x\"); }</script><noscript>no</noscript>",
    "<svg viewBox=\"0 0 10 10\" xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\" stroke-width=\"2\" /><foreignObject><p>x</p></foreignObject></svg><my-tea kind=\"green\" open>x</my-tea>",
    // Scoped styles
    "<div class=\"a\"><p>x</p>{[1].map((n) => <b>{n}</b>)}</div>\n<style>.a { color: red }</style>\n<script>console.log(1)</script>",
    // Components and slots
    "---\nimport Card from '$components/Card.velox';\n---\n<Card title=\"Sencha\"><p>Grassy</p> and bright</Card><Card />",
    "---\nimport Card from '$components/Card.velox';\nconst t = 'A & B';\n---\n<Card title={t}>{t}<velox:slot name=\"foot\">Best at <b>70</b> °C.</velox:slot></Card><Card {...{ title: 's' }}><Card title=\"inner\" /></Card>",
    "---\nimport Badge from '$components/Badge';\n---\n<Badge tone=\"warm\">new</Badge><Badge>{1}{'x'}</Badge><Badge list={['a', 'b']}><i>!</i></Badge><Badge tone={undefined} />",
    "---\nimport { Field } from '$lib/ui';\nimport * as ui from '$lib/ui';\n---\n<Field label=\"Name\" id=\"name\" /><ui.Field label=\"Mail\" id=\"mail\" readonly />",
    "---\nimport Badge from '$components/Badge';\nconst tones = ['warm', 'cold'];\n---\n{tones.map((tone) => <Badge {tone}>{tone}</Badge>)}{tones.length > 1 && <Badge>many</Badge>}",
    "<h1>Tea</h1><velox:slot name=\"sidebar\"><p>Open {1 + 1}</p></velox:slot><p>after</p>",
    // The block
    "---\nexport const meta = { title: 'Tea' };\n---\n<h1>{meta.title} {({ ...params }).slug} {url.pathname}</h1>",
    "---\ntype Tea = string;\nenum Kind { Green = 'g' }\nconst tea: Tea | null = null;\nexport const config = { render: 'ssr' } as const;\nfunction label(kind: Kind): string { return `${kind}!`; }\n---\n<p>{label(Kind.Green)} {String(tea)} {config.render}</p>",
    "---\nconst row = <tr><td>{1}</td></tr>;\nlet count = 0;\ncount++;\n---\n<table><tbody>{row}</tbody></table><p>{count}</p>",
    "<!DOCTYPE html>\n<html lang=\"en\">\n  <body><main>x</main></body>\n</html>",
];
