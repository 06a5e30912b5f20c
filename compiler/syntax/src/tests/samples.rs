//! Templates without mistakes, to cut, to break and to count on. Indented as people indent, one thing on a line.

/// A page with most kinds of syntax.
pub(super) const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en">
  <head>
    <title>{title} and more</title>
    <meta charset="utf-8">
    <style>
      body > p { color: red; }
    </style>
    <script type="application/ld+json">{ld}</script>
    <script>
      if (a < b) { document.write("<p>"); }
    </script>
  </head>
  <body class={["a", dark && "b"]} {...rest}>
    <!-- the heading -->
    <h1 id={slug}>{title}</h1>
    <p>Don't "quote" 1 < 2 &amp; 3 > 2.</p>
    <br>
    <img src={`/img/${name}.png`} alt="a > b">
    {/* the list */}
    <ul>
      {posts.map((post) => (
        <li class=`post ${post.kind}`>
          <a href={post.url}>{post.title}</a>
        </li>
      ))}
    </ul>
    {user ? (
      <p>Hello, {user.name}!</p>
    ) : (
      <Login {redirect} onClick={() => go("/")} />
    )}
  </body>
</html>
"#;

/// Elements of one name in one another.
pub(super) const BOXES: &str = r#"<div class="a">
  <div class="b">
    <div class="c">
      <span>one</span>
    </div>
    <div class="d">
      <span>two</span>
    </div>
  </div>
</div>
"#;

/// Code with everything that could be mistaken for something else.
pub(super) const CODE: &str = r#"<p>{a < b && <b>x</b>}</p>
<p>{fn<string>(x) + (y as Array<string>).length}</p>
<p>{/[<}\/]+/g.test(s) ? 'it\'s }' : "{"}</p>
<p>{`a ${b ? `c ${<i>d</i>}` : '}'} e`}</p>
<p title={() => { return { a: 1 }; }}>f</p>
<Foo<string> icon=<b/> render={<T,>(x: T) => <em>{x}</em>} />
{xs.map((x) => {
  if (x) return <li/>;
  return <li>{x / 2} 😀</li>;
})}
"#;

/// All of them.
pub(super) const ALL: &[&str] = &[PAGE, BOXES, CODE];

/// Short texts with mistakes, for what has to hold whatever the text is.
pub(super) const BROKEN: &[&str] = &[
    "<p>{a</p>",
    "<a href={x<b>k</b>",
    "<p>{`a}</p><p>{`b`}</p>",
    "<p>{'a}</p>{'b'}",
    "<a href=\"x>k</a><b class=\"y\">",
    "{a && <b>x} }",
    "{f(<b>x)}",
    "</p></br></>",
    "<!-- a\n<!-- b -->",
    "{/* a }{/* b */}",
    "<p class=a, , = \"b\" {} {...} {a.b} / <",
    "<script type=\"importmap\">{`${</script>",
    "<style>a\n</p>",
    "<div>{c && <p>x</div>}",
    "<A<B<C d={<e f={<g h=",
    "é<é é=\"é>é{é`é${é</é",
    "<p a=`b ${c}>d</p>`",
    "<a b={<c}/>d",
];
