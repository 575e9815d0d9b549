//! What a case can do: open the page, look, wait, press.

use crate::arguments::Browser;
use fantoccini::{
    Client, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    elements::Element,
    key::Key,
    wd::WebDriverCompatibleCommand,
};
use serde_json::{Value, json};
use std::{
    error::Error,
    fmt,
    time::{Duration, Instant},
};

/// How long a page may take to become what a case waits for.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a case complains about, in words.
pub struct Problem(pub String);

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whatever a driver or a file complains about becomes a problem with the same words.
impl<E: Error> From<E> for Problem {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Fails a case with a sentence unless something holds.
pub fn check(holds: bool, otherwise: impl Into<String>) -> Result<(), Problem> {
    if holds { Ok(()) } else { Err(Problem(otherwise.into())) }
}

/// The browser window as a case sees it.
pub struct Page {
    /// For what the methods below do not cover.
    pub client: Client,
    /// The text of the axe-core script, if it was given.
    pub axe: Option<String>,
    /// The engine.
    pub browser: Browser,
    site: String,
}

/// A command of Chromium's own protocol, for what no reader can do: to cut a download, to be an old browser.
#[derive(Debug)]
struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(json!({ "cmd": self.command, "params": self.parameters }).to_string()))
    }
}

/// An edit that is made over and over, in the page's language; `n` counts from 0.
pub struct Edits<'a> {
    /// What is declared and done once.
    pub setup: &'a str,
    /// What is done before the clock starts.
    pub before: &'a str,
    /// The edit.
    pub edit: &'a str,
    /// Whether it is shown.
    pub is_shown: &'a str,
}

impl Page {
    /// A window and the site that belongs into it; nothing is opened yet.
    pub fn new(client: Client, site: String, axe: Option<String>, browser: Browser) -> Self {
        Self { client, axe, browser, site }
    }

    /// The address of the page, without a fragment.
    pub fn site(&self) -> &str {
        &self.site
    }

    /// Opens the page at a fragment like `#/matrix` (or none) and waits until the program runs.
    pub async fn open(&self, fragment: &str) -> Result<(), Problem> {
        self.visit(fragment).await?;
        self.wait_for_program().await
    }

    /// Opens the page at a fragment, whatever becomes of it.
    pub async fn visit(&self, fragment: &str) -> Result<(), Problem> {
        // From elsewhere: a new fragment alone would not load the page again.
        self.client.goto("about:blank").await?;
        self.client.goto(&format!("{}{fragment}", self.site)).await?;
        Ok(())
    }

    /// Waits until the program runs, and has nothing to complain about.
    pub async fn wait_for_program(&self) -> Result<(), Problem> {
        self.wait_until("!document.querySelector('#loading') && !!document.querySelector('#app h1')").await?;
        let problem = self.evaluate("document.querySelector('#problem').open").await?;
        check(problem == Value::Bool(false), format!("the page shows its dialog: {}", self.text("#problem").await?))
    }

    /// Makes so many edits and prints how long it takes from each to its layout and to the next frame: what nineteen of
    /// twenty keep within. It fails only where an edit is not shown in the frame after it.
    pub async fn time_edits(&self, what: &str, count: u32, edits: &Edits<'_>) -> Result<(), Problem> {
        let script = "const done = arguments[arguments.length - 1];
            SETUP
            const frame = () => new Promise(requestAnimationFrame);
            (async () => {
              const work = [], painted = [];
              for (let n = 0; n < arguments[0]; n++) {
                await frame();
                BEFORE
                const start = performance.now();
                EDIT
                await new Promise((go) => { const c = new MessageChannel(); c.port1.onmessage = go; c.port2.postMessage(0); });
                document.body.getBoundingClientRect();
                work.push(performance.now() - start);
                await frame();
                painted.push(performance.now() - start);
                if (!(SHOWN)) return done(null);
              }
              const p95 = (list) => list.sort((a, b) => a - b)[Math.floor(list.length * 0.95)];
              done([p95(work), p95(painted)]);
            })();"
            .replace("SETUP", edits.setup)
            .replace("BEFORE", edits.before)
            .replace("EDIT", edits.edit)
            .replace("SHOWN", edits.is_shown);
        let measured = self.client.execute_async(&script, vec![count.into()]).await?;
        let times: Option<Vec<f64>> = measured.as_array().map(|list| list.iter().filter_map(|v| v.as_f64()).collect());
        let Some([work, painted]) = times.as_deref() else {
            return Err(Problem(format!("{what}: an edit was not shown in the frame after it")));
        };
        println!(
            "        {what}: edit to layout p95 {work:.1} ms, to the next frame p95 {painted:.1} ms ({count} edits)"
        );
        Ok(())
    }

    /// The value of a JavaScript expression.
    pub async fn evaluate(&self, expression: &str) -> Result<Value, Problem> {
        Ok(self.client.execute(&format!("return {expression};"), vec![]).await?)
    }

    /// Waits until a JavaScript expression is true.
    pub async fn wait_until(&self, expression: &str) -> Result<(), Problem> {
        self.wait_at_most(PATIENCE, expression).await
    }

    /// Waits for so long until a JavaScript expression is true.
    pub async fn wait_at_most(&self, patience: Duration, expression: &str) -> Result<(), Problem> {
        let start = Instant::now();
        while start.elapsed() < patience {
            if self.evaluate(expression).await? == Value::Bool(true) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(Problem(format!("after {} s it is still not so that {expression}", patience.as_secs())))
    }

    /// The first element that a CSS selector finds, waited for.
    pub async fn find(&self, selector: &str) -> Result<Element, Problem> {
        let waited = self.client.wait().at_most(PATIENCE).every(Duration::from_millis(50));
        let found = waited.for_element(Locator::Css(selector)).await;
        found.map_err(|error| Problem(format!("no element {selector} ({error})")))
    }

    /// Presses keys one after another, each on whatever has the focus by then.
    pub async fn keys(&self, keys: &str) -> Result<(), Problem> {
        for value in keys.chars() {
            let press = KeyActions::new("keyboard".to_owned());
            let press = press.then(KeyAction::Down { value }).then(KeyAction::Up { value });
            self.client.perform_actions(press).await?;
        }
        Ok(())
    }

    /// Presses a key while others are held down.
    pub async fn chord(&self, held: &[Key], key: char) -> Result<(), Problem> {
        let held: Vec<char> = held.iter().map(|key| char::from(*key)).collect();
        let down = held.iter().chain([&key]).map(|&value| KeyAction::Down { value });
        let up = [&key].into_iter().chain(held.iter().rev()).map(|&value| KeyAction::Up { value });
        let keys = KeyActions::new("keyboard".to_owned());
        let keys = down.chain(up).fold(keys, |keys, action| keys.then(action));
        self.client.perform_actions(keys).await?;
        Ok(())
    }

    /// Sends a command of Chromium's own protocol.
    pub async fn dev_tools(&self, command: &'static str, parameters: Value) -> Result<Value, Problem> {
        Ok(self.client.issue_cmd(DevTools { command, parameters }).await?)
    }

    /// Runs a script before any of the site's on each page that is opened from now on, and hands back its number.
    pub async fn before_each_page(&self, script: &str) -> Result<Value, Problem> {
        let answer = self.dev_tools("Page.addScriptToEvaluateOnNewDocument", json!({ "source": script })).await?;
        Ok(answer["identifier"].clone())
    }

    /// Takes such a script back.
    pub async fn no_longer_before_each_page(&self, number: Value) -> Result<(), Problem> {
        self.dev_tools("Page.removeScriptToEvaluateOnNewDocument", json!({ "identifier": number })).await?;
        Ok(())
    }

    /// The visible text of an element.
    pub async fn text(&self, selector: &str) -> Result<String, Problem> {
        Ok(self.find(selector).await?.text().await?)
    }
}
