//! One browser window, asked for with the capabilities that each engine needs.

use crate::{
    arguments::{Arguments, Browser},
    page::Problem,
};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};

/// The window that a teacher's laptop has.
const WINDOW: (u32, u32) = (1280, 900);

/// A running browser.
pub struct Session {
    pub client: Client,
}

impl Session {
    /// Starts the browser.
    pub async fn open(arguments: &Arguments) -> Result<Self, Problem> {
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

    /// Ends the browser. A browser that is gone already is as good as closed.
    pub async fn close(self) {
        if let Err(error) = self.client.close().await {
            println!("        the browser did not close: {error}");
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
            ];
            ask("goog:chromeOptions", binary(json!({ "args": flags })));
        }
        Browser::Firefox => {
            ask("browserName", json!("firefox"));
            ask("moz:firefoxOptions", binary(json!({ "args": ["-headless"] })));
        }
        Browser::WebKit => {
            ask("webkitgtk:browserOptions", binary(json!({ "args": ["--automation"] })));
        }
    }
    wanted
}
