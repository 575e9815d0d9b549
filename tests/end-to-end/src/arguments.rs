//! Which browser, where its driver listens, where the site is.

const USAGE: &str = "end-to-end --browser chromium|firefox|webkit --driver-url URL --site URL \
                     [--binary BROWSER] [--axe SCRIPT] [--case PART-OF-A-TITLE]";

/// The engines that the suite knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Browser {
    Chromium,
    Firefox,
    WebKit,
}

impl Browser {
    /// The name on the command line and in file names.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}

/// The command line.
#[derive(PartialEq, Debug)]
pub struct Arguments {
    pub browser: Browser,
    pub driver_url: String,
    /// The address of the page, with its closing slash.
    pub site: String,
    /// The browser's program, where the driver has to be told.
    pub binary: Option<String>,
    /// The text of the axe-core script.
    pub axe: Option<String>,
    case: Option<String>,
}

impl Arguments {
    /// Reads the command line; an error is a sentence.
    pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Self, String> {
        let (mut browser, mut driver_url, mut site) = (None, None, None);
        let (mut binary, mut axe, mut case) = (None, None, None);
        while let Some(option) = words.next() {
            let place = match option.as_str() {
                "--browser" => &mut browser,
                "--driver-url" => &mut driver_url,
                "--site" => &mut site,
                "--binary" => &mut binary,
                "--axe" => &mut axe,
                "--case" => &mut case,
                _ => return Err(format!("`{option}` is no option.\n{USAGE}")),
            };
            *place = Some(words.next().ok_or_else(|| format!("`{option}` lacks its value.\n{USAGE}"))?);
        }
        let needed =
            |value: Option<String>, option: &str| value.ok_or_else(|| format!("`{option}` is missing.\n{USAGE}"));
        let name = needed(browser, "--browser")?;
        let browser = [Browser::Chromium, Browser::Firefox, Browser::WebKit]
            .into_iter()
            .find(|browser| browser.name() == name)
            .ok_or_else(|| format!("`{name}` is no browser of this suite.\n{USAGE}"))?;
        let mut site = needed(site, "--site")?;
        if !site.ends_with('/') {
            site.push('/');
        }
        let axe = match axe {
            Some(path) => {
                Some(std::fs::read_to_string(&path).map_err(|error| format!("{path} cannot be read: {error}"))?)
            }
            None => None,
        };
        Ok(Self { browser, driver_url: needed(driver_url, "--driver-url")?, site, binary, axe, case })
    }

    /// Whether this run wants the case.
    pub fn asks_for(&self, title: &str) -> bool {
        self.case.as_ref().is_none_or(|part| title.contains(part.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Arguments, String> {
        Arguments::parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn a_full_line_is_understood() {
        let arguments = parse("--browser webkit --driver-url http://a --site http://b/c --case heading").unwrap();
        assert_eq!((arguments.browser, arguments.site.as_str()), (Browser::WebKit, "http://b/c/"));
        assert!(arguments.asks_for("the heading") && !arguments.asks_for("another"));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert!(parse("--browser chromium --site http://b").unwrap_err().contains("--driver-url"));
        assert!(parse("--browser lynx --site b --driver-url a").unwrap_err().contains("lynx"));
        assert!(parse("--browser").unwrap_err().contains("--browser"));
    }
}
