//! One browser window, asked for with the capabilities that each engine needs.

use crate::{
    arguments::{Arguments, Browser},
    page::Problem,
};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use std::time::Duration;

/// The window that a teacher's laptop has.
const WINDOW: (u32, u32) = (1280, 900);

/// How often a browser is started that comes up deaf.
const ATTEMPTS: usize = 3;

/// What a browser may take to come up and show a picture of the site.
const START: Duration = Duration::from_secs(45);

/// What a browser may take to say a word, or to close; one that hangs is left to its driver.
const CLOSE: Duration = Duration::from_secs(15);

/// A running browser.
pub struct Session {
    pub client: Client,
}

impl Session {
    /// Starts the browser. On a machine that has never run one, a first start may hang before it has shown anything;
    /// such a browser is given up and another is started, which is said. The program under test takes no part in
    /// this: only a picture of the site is opened.
    pub async fn open(arguments: &Arguments) -> Result<Self, Problem> {
        for attempt in 1.. {
            let answer = tokio::time::timeout(START, Self::start(arguments)).await;
            let problem = match answer {
                Ok(Ok(session)) => match tokio::time::timeout(START, session.reset(&arguments.site)).await {
                    Ok(Ok(())) => return Ok(session),
                    outcome => {
                        session.close().await;
                        outcome.map_or_else(|_| Problem("it does not answer".to_owned()), |result| result.unwrap_err())
                    }
                },
                Ok(Err(problem)) => problem,
                Err(_) => Problem(format!("it is not up after {} s", START.as_secs())),
            };
            if attempt == ATTEMPTS {
                return Err(Problem(format!("no browser came up in {ATTEMPTS} attempts: {problem}")));
            }
            println!("        the browser is started again: {problem}");
        }
        unreachable!("the loop ends at the last attempt")
    }

    async fn start(arguments: &Arguments) -> Result<Self, Problem> {
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(arguments));
        let connected = builder.connect(&arguments.driver_url).await;
        let client = connected.map_err(|error| Problem(format!("the browser did not start: {error}")))?;
        Ok(Self { client })
    }

    /// Forgets what the case before has left: storage, page, window size.
    pub async fn reset(&self, site: &str) -> Result<(), Problem> {
        // Storage belongs to an origin, so some page of it has to be open; one without the program cannot write again.
        self.client.goto(&format!("{site}static/icon.svg")).await?;
        self.client.execute("localStorage.clear(); sessionStorage.clear();", vec![]).await?;
        self.client.goto("about:blank").await?;
        self.client.set_window_size(WINDOW.0, WINDOW.1).await?;
        Ok(())
    }

    /// Whether the browser still answers a question that has nothing to do with the page.
    pub async fn answers(&self) -> bool {
        matches!(tokio::time::timeout(CLOSE, self.client.execute("return 1;", vec![])).await, Ok(Ok(_)))
    }

    /// Ends the browser. A browser that is gone already is as good as closed.
    pub async fn close(self) {
        match tokio::time::timeout(CLOSE, self.client.close()).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => println!("        the browser did not close: {error}"),
            Err(_) => println!("        the browser did not close within {} s", CLOSE.as_secs()),
        }
    }
}

fn capabilities(arguments: &Arguments) -> Map<String, Value> {
    let mut wanted = Map::new();
    let mut ask = |key: &str, value: Value| wanted.insert(key.to_owned(), value);
    let binary = |mut options: Value| {
        if let Some(binary) = &arguments.binary {
            options["binary"] = json!(binary);
        }
        options
    };
    match arguments.browser {
        Browser::Chromium => {
            ask("browserName", json!("chrome"));
            let flags = [
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                // A camera that every machine has; whether a page may use it is for its case to say.
                "--use-fake-device-for-media-stream",
            ];
            ask("goog:chromeOptions", binary(json!({ "args": flags })));
        }
        Browser::Firefox => {
            ask("browserName", json!("firefox"));
            // A camera that every machine has, and leave to use it: its driver cannot be asked for that later.
            let settings = json!({ "media.navigator.streams.fake": true, "permissions.default.camera": 1 });
            ask("moz:firefoxOptions", binary(json!({ "args": ["-headless"], "prefs": settings })));
        }
        Browser::WebKit => {
            ask("webkitgtk:browserOptions", binary(json!({ "args": ["--automation"] })));
        }
    }
    wanted
}
