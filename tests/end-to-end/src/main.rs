//! Drives the finished site in a real browser, as a reader would, and says `N passed, N failed, N skipped`.
//!
//! `cargo xtask test` starts the drivers and the server, then calls this once for each browser. To add a case, write an
//! `async fn(Page) -> Result<(), Problem>` in a file below `cases/` and name it in that file's `CASES`.
//!
//! * [`arguments`]: which browser, where its driver listens, where the site is.
//! * [`session`]: one browser window, asked for with the capabilities that each engine needs.
//! * [`page`]: what a case can do: open, look, wait, press.
//! * [`cases`]: the registry.

mod arguments;
mod cases;
mod page;
mod session;

use arguments::Arguments;
use page::{Page, Problem};
use session::Session;
use std::{fs, path::Path, process::ExitCode, time::Duration};

/// A case that takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(90);

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let arguments = match Arguments::parse(std::env::args().skip(1)) {
        Ok(arguments) => arguments,
        Err(sentence) => {
            eprintln!("{sentence}");
            return ExitCode::FAILURE;
        }
    };
    let (mut passed, mut failed, mut skipped) = (0, 0, 0);
    let mut session = None;
    for case in cases::all().filter(|case| arguments.asks_for(&case.title())) {
        let title = case.title();
        if case.only.is_some_and(|browser| browser != arguments.browser) {
            skipped += 1;
            println!("skipped {title}: only Chromium's own protocol can do this");
            continue;
        }
        let mut outcome = run(case, &arguments, &mut session).await;
        if outcome.is_err()
            && let Some(deaf) = &session
            && !deaf.answers().await
        {
            // A browser that answers nobody says nothing about the case; one that hangs twice does.
            println!("        the browser hangs, so this case is run once more in another: {title}");
            close(session.take()).await;
            outcome = run(case, &arguments, &mut session).await;
        }
        match outcome {
            Ok(()) => {
                passed += 1;
                println!("ok      {title}");
            }
            Err(problem) => {
                failed += 1;
                println!("FAILED  {title}: {problem}");
                if let Some(session) = session.take() {
                    save_screenshot(&session, &arguments, case.name).await;
                    // The next case must not inherit what went wrong here.
                    close(Some(session)).await;
                }
            }
        }
    }
    close(session).await;
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed == 0 && passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

async fn close(session: Option<Session>) {
    if let Some(session) = session {
        session.close().await;
    }
}

/// Runs one case in the session at hand, or in a new one, with nothing left over from the case before.
async fn run(case: &cases::Case, arguments: &Arguments, session: &mut Option<Session>) -> Result<(), Problem> {
    if session.is_none() {
        // Has a patience of its own: what a browser takes to come up is not the case's.
        *session = Some(Session::open(arguments).await?);
    }
    let work = async {
        let window = session.as_ref().expect("it was opened above");
        window.reset(&arguments.site).await?;
        (case.run)(Page::new(window.client.clone(), arguments.site.clone(), arguments.axe.clone(), arguments.browser))
            .await
    };
    match tokio::time::timeout(PATIENCE, work).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Problem(format!("not done after {} s", PATIENCE.as_secs()))),
    }
}

/// Keeps what the reader would have seen; failing at that must not hide the problem itself.
async fn save_screenshot(session: &Session, arguments: &Arguments, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/end-to-end");
    let file = folder.join(format!("{}-{name}.png", arguments.browser.name()));
    let picture = tokio::time::timeout(Duration::from_secs(20), session.client.screenshot()).await;
    let saved = match picture {
        Ok(Ok(bytes)) => fs::create_dir_all(&folder).and_then(|()| fs::write(&file, bytes)).map_err(Problem::from),
        Ok(Err(error)) => Err(error.into()),
        Err(_) => Err(Problem("the browser does not answer".to_owned())),
    };
    match saved {
        Ok(()) => println!("        screenshot: target/end-to-end/{}-{name}.png", arguments.browser.name()),
        Err(problem) => println!("        no screenshot: {problem}"),
    }
}
