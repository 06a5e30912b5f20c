//! What is made of the prerenderer's events.

use super::*;

#[test]
fn a_failure_names_page_params_and_place() {
    let text = "---\nthrow new Error('x')\n---\n";
    let position = Position { file: "routes/a.velox".into(), line: 2, column: 7 };
    let params = serde_json::json!({ "slug": "b" });
    let found =
        failure("routes/a.velox", Some("/b"), &params, "x", Some(position), &|_| Some(text.to_owned()));
    assert_eq!(found.message, "/b could not be rendered: x");
    assert_eq!(found.span.text(text), "new");
    assert_eq!(found.label.as_deref(), Some("with params {\"slug\":\"b\"}"));
}

fn followed(events: &str, status: &str) -> Result<Outcome, String> {
    let mut progress = Progress::default();
    for line in events.lines().filter(|line| !line.trim().is_empty()) {
        progress.take(serde_json::from_str(line).unwrap(), &|_| None);
    }
    progress.end(status, &|_| None)
}

fn messages(outcome: &Outcome) -> Vec<(&str, &str)> {
    outcome.failures.iter().map(|found| (found.file.as_str(), found.message.as_str())).collect()
}

#[test]
fn where_node_dies_the_pages_under_way_are_named() {
    let events = r#"
        {"event":"start","route":"x/:id","file":"routes/x/[id].velox","path":null,"params":null}
        {"event":"plan","pages":4}
        {"event":"start","route":"x/:id","file":"routes/x/[id].velox","path":"/x/1","params":{"id":"1"}}
        {"event":"start","route":"x/:id","file":"routes/x/[id].velox","path":"/x/2","params":{"id":"2"}}
        {"event":"page","route":"x/:id","path":"/x/1","file":"static/x/1.html","ms":1,"tags":[]}
        {"event":"start","route":"y","file":"routes/y.velox","path":"/y","params":{}}
        {"event":"failed","route":"y","file":"routes/y.velox","path":"/y","params":{},"message":"broken","stack":[],"position":null}"#;
    let outcome = followed(events, "signal: 9 (SIGKILL)").unwrap();
    assert_eq!(
        messages(&outcome),
        [
            (
                "routes/x/[id].velox",
                "/x/2 could not be rendered: the prerenderer ended (signal: 9 (SIGKILL)) while this page was rendered"
            ),
            ("routes/y.velox", "/y could not be rendered: broken"),
        ]
    );
    assert_eq!(outcome.failures[0].label.as_deref(), Some("with params {\"id\":\"2\"}"));
    let during_paths = events.lines().nth(1).unwrap();
    let outcome = followed(during_paths, "exit status: 7").unwrap();
    let message = "the prerenderer ended (exit status: 7) while its `paths` ran";
    assert_eq!(messages(&outcome), [("routes/x/[id].velox", message)]);
    assert!(followed("", "exit status: 7").unwrap_err().contains("exit status: 7"));
}

#[test]
fn a_page_that_never_gives_control_back_is_named_once_it_is_alone() {
    let start = |n: u32| {
        format!(
            r#"{{"event":"start","route":"x/:id","file":"routes/x/[id].velox","path":"/x/{n}","params":{{"id":"{n}"}}}}"#
        )
    };
    let page = |n: u32| {
        format!(
            r#"{{"event":"page","route":"x/:id","path":"/x/{n}","file":"static/x/{n}.html","ms":1,"tags":[]}}"#
        )
    };
    let mut progress = Progress::default();
    let (sender, lines) = channel();
    let limit = Duration::from_millis(1);
    let run = |events: &[String], progress: &mut Progress| {
        for event in events {
            sender.send(event.clone()).unwrap();
        }
        follow(&lines, limit, progress, &ProgressBar::hidden(), &|_| None)
    };
    assert!(run(&[start(1), start(2), start(3), page(2)], &mut progress));
    assert!(!progress.is_stuck(limit, &|_| None), "it may be either of two");
    assert!(run(&[start(1), page(1), start(2), page(2), start(3)], &mut progress));
    assert!(progress.is_stuck(limit, &|_| None));
    assert_eq!(serde_json::to_string(&progress.failed).unwrap(), r#"[["x/:id","/x/3"]]"#);
    assert!(!run(&[page(1), page(2), r#"{"event":"done","failed":0}"#.to_owned()], &mut progress));
    let outcome = progress.end("exit status: 0", &|_| None).unwrap();
    assert_eq!(outcome.pages.len(), 2);
    let message = "/x/3 could not be rendered: the page kept Node busy for 1 ms without a pause, as an endless loop does; VELOX_PRERENDER_TIMEOUT sets another limit";
    assert_eq!(messages(&outcome), [("routes/x/[id].velox", message)]);
}

#[test]
fn the_limit_is_read_as_the_prerenderer_reads_it() {
    assert_eq!(page_limit(Some("1500")), Duration::from_millis(1500));
    for unset in [None, Some(""), Some("0"), Some("-1"), Some("soon"), Some("inf"), Some("1e300")] {
        assert_eq!(page_limit(unset), PAGE_LIMIT, "{unset:?}");
    }
}

#[test]
fn a_failure_of_no_page_is_not_lost() {
    let events = r#"
        {"event":"failed","route":null,"file":null,"path":null,"params":null,"message":"no such module","stack":[],"position":null}
        {"event":"done","failed":1}"#;
    let outcome = followed(events, "exit status: 1").unwrap();
    assert_eq!(messages(&outcome), [(".", "no such module")]);
    assert!(outcome.failures[0].related.is_empty());
    assert!(followed(r#"{"event":"done","failed":0}"#, "exit status: 0").unwrap().failures.is_empty());
}

#[test]
fn a_failure_of_paths_says_so_itself() {
    let events = r#"
        {"event":"start","route":"guides/:slug","file":"routes/guides/[slug].velox","path":null,"params":null}
        {"event":"failed","route":"guides/:slug","file":"routes/guides/[slug].velox","path":null,"params":null,"message":"`paths` of /guides/:slug failed: no database","stack":[],"position":{"file":"routes/guides/[slug].velox","line":2,"column":7}}
        {"event":"plan","pages":0}
        {"event":"done","failed":1}"#;
    let outcome = followed(events, "exit status: 1").unwrap();
    let message = "`paths` of /guides/:slug failed: no database";
    assert_eq!(messages(&outcome), [("routes/guides/[slug].velox", message)]);
}
