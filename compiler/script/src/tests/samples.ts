const a: number = 1
let b: string | undefined, c = 2 as any, d!: number
var e = <any>f, g = f!, h = f!.x!.y!(), i = f![0]!
// ---
const a = x as any
(foo)()
// ---
const a = x as any
[1, 2].map(f)
// ---
let a = x satisfies T
`text`.length
// ---
let a = x as T
+b
// ---
let a = x as T
-b
// ---
let a: T
/re/.test(b)
// ---
x as T
;(a)
// ---
let a: T
(b)
// ---
let a: T
[b] = c
// ---
let a: Array<string>
<T>b
// ---
const y = x
type A = { b: string }
(foo)()
// ---
const y = x
interface A { b: string }
[1].map(f)
// ---
const y = x
declare const z: number
`a`.b
// ---
const y = x
import type { A } from 'a'
(foo)()
// ---
const y = x
declare function f(): void
/a/.test(b)
// ---
const y = x
declare module 'foo' { const a: string }
-z
// ---
const y = x
declare global { interface Window { a: string } }
;(z)
// ---
function f(a: string): void
function f(a: number): void
function f(a: any) { return a }
// ---
export function f(a: string): void
export function f(a: number): void
export function f(a: any) { return a }
// ---
export default function f(a: string): void
export default function f(a: any) { return a }
// ---
function f(this: Foo) { return this.a }
function g(this: Foo, a: string) { return a }
function h( this : Foo , a?: string, ...rest: string[]) { return rest }
// ---
const f = (a: number, b?: string): { a: number,
  b: string
} => a
const g = (
  a: number
):
  string => a
const h = async (a: number)
  : Promise<string> => a
const i = <T>(a: T) => a
const j = async <T,>(a: T): Promise<T> => await a
const k = <
  T,
>(a: T) => a
const l = (): string => 'a'
const m = async (): Promise<void> => {}
const n = async ()
  : Promise<void> => {}
const o = ()
  : void => {}
const p = ({ a }: { a: string }, [b]: string[])
  : string => a + b
// ---
function f() {
  return <T>
    (x)
}
function g() {
  return <T>
  (x: T) => x
}
function h() {
  return <T>x
}
function i() {
  return <T,>(x: T) => x
}
// ---
const f = async <T>
  (x: T) => x
// ---
const a = b as any + c
const d = (b as any)(c)
const e = b! + c
const f = b! in c
const g = b!in c
const h = typeof <T>b
const i = typeof<T>b
const j = c-<T>-b
const k = c+<any>+b
const l = 1!.toFixed()
const m = b!!
const n = new Foo<T>
const o = new Foo<T>()
const p = f<T>(a)
const q = f<T>`a${b as string}`
const r = f<T>
const s = a?.b<T>(c)
const t = a?.<T>(c)
const u = (a as any)?.b!.c
const v = a!?.b
const w = <const>['a']
const x = ['a'] as const
const y = (a as any) = b
// ---
(a as any) = b;
(a!) = b;
a! = b;
a!.b = c;
(<any>a).b = c;
[a as any, b!] = c;
({ a: b as any } = c);
for (a as any of b) {}
a!++;
(a as number)--;
// ---
class A<T> extends B<T> implements C<T>, D {
  a: string
  b = 1
  private c: number = 2
  protected readonly d?: string
  public static e: string = 'a'
  static readonly f = 1
  declare g: string
  readonly h!: number
  #i: string = 'a'
  override j = 1;
  [k: string]: any
  static [key: string]: any
  readonly [l: number]: string
  ['m']: string = 'a'
  'n': string
  5: number = 1
  get: string
  set: string
  static: string
  async: string
  o(): void
  o(a?: string): void {}
  private async p<T>(a: T): Promise<T> { return a }
  public static async *q(): AsyncGenerator<string> { yield 'a' }
  get r(): string { return 'a' }
  set r(value: string) {}
  s?(): void {}
  private static get t(): number { return 1 }
  static { const a: string = 'a' }
  readonly readonly: string
  public public(): void {}
  declare(): void {}
  abstract(): void {}
  constructor(a: string)
  constructor(a: string, b?: number) { super(a as any) }
}
// ---
class A {
  a = 1
  public ['b'] = 2
}
// ---
class A {
  a = 1
  public *b() {}
}
// ---
class A {
  a: any
  *c() {}
}
// ---
class A {
  a = b as any;
  ['c'] = 1
}
// ---
class A {
  a: string
  ['c'] = 1
}
// ---
class A {
  a: string
  *c() {}
}
// ---
class A {
  get: string
  a() {}
}
// ---
class A {
  static: string
  a() {}
}
// ---
class A {
  a = 1
  declare b: string;
  ['c'] = 1
}
// ---
class A {
  a: any
  [key: string]: any;
  ['c'] = 1
}
// ---
class A {
  a = 1
  b(): void
  b(a?: any) {}
}
// ---
class A {
  a?
  ['b'] = 1
}
// ---
abstract class A {
  abstract a: string
  abstract b(): void
  private abstract readonly c: string;
  abstract get d(): string
  e = 1
}
export abstract class B extends A { abstract f(): void }
export default abstract class C {}
// ---
const A = class<T> extends B<T> implements C {}
const D = class E implements F { a: string }
// ---
import type A from 'a'
import type { B } from 'b';
import type * as C from 'c'
import { type D, e } from 'e'
import f, { type G } from 'g'
import { h, type I, j, } from 'i'
import { type, type as k, as } from 'l'
import 'm'
import n from './n.json' with { type: 'json' }
export type { O } from 'o'
export { type P, q } from 'q'
export * from 'r'
export type * from 's'
export type * as T from 't'
export * as u from 'u'
export type { A }
// ---
interface A {}
type B = string
export interface C { a: string }
export type D<T> = T extends string ? 1 : 2
export default interface E {}
// ---
enum A { B, C = 'c', D = 1 << 2, E = D | 1, F = 'abc'.length, 'g-h' = 3 }
const enum H { I }
export enum J { K = 'l' }
declare enum L { M }
// ---
namespace A { export type B = string }
namespace C { interface D {} }
declare namespace E { const a: string }
// ---
function f(x: unknown): x is string { return true }
function g(x: unknown): asserts x is string {}
function h(x: unknown): asserts x {}
const i = (x: any): x is string => true
// ---
try {} catch (e: unknown) { e as Error }
for (const a of b as string[]) {}
for (let i: number = 0; i < 1; i++) {}
for (const k in <any>a) {}
if (a as any) b!
else c!
do a as any
while (b as any)
while (a!) b!
switch (a as any) { case b as any: c!; default: d! }
label: for (;;) { break label }
throw a as Error
// ---
const { a, b: { c } = {} as any, ...d }: Foo = e as Foo
const [f, , g = 1 as number, ...h]: string[] = i!
function j({ a, b }: { a: string, b: number } = {} as any, [c]?: string[], d?: number) {}
// ---
const a = { b: c as string, d<T>(e: T): void {}, get f(): string { return g! }, set f(h: string) {}, async *i<T>(): any {}, [j as string]: 1, ...(k as any), l }
// ---
const a = b ? (c) : d
const e = b ? (c): d => f : g
const h = b ? (c, d) : (e: string): void => {}
const i = b ? async (c): Promise<void> => d : e
// ---
const a = b < c
const d = b < c > (e)
const f = g<h, i>(j)
const k = l << m
const n = o<p>>q
// ---
type A = typeof import('a')
const a: typeof b = c
let d: import('e').F<string>
let g: new () => void, h: abstract new () => void
let i: `a${string}`
let j: [a: string, b?: number, ...c: any[]]
let k: { [L in M]?: N }
let o: unique symbol
let p: asserts
let q: (a: string) => (b: number) => void = r
// ---
using a: Foo = b as Foo
await using c = d!
// ---
async function f() { for await (const a of b as any) {} return await (c as Promise<any>) }
// ---
const é: string = 'ü' as string, 日本 = <any>'語'
function ñ(a?: string) { return `→${a!}←` as string }
// ---
let x = /* a */ y /* b */ as /* c */ any /* d */ ; // e
function f(/* a */ a /* b */ : /* c */ string /* d */, // e
  b?: /* f */ number) /* g */ : /* h */ void /* i */ { }
