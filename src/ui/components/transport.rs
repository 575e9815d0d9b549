//! The transport under a stage: step, play, scrub and speed, with the words of the step above.

use super::icon::{IconProps, Sign, icon};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What the reader asks of the transport.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Command {
    /// To the beginning.
    First,
    /// One step back.
    Back,
    /// Play, or pause.
    Toggle,
    /// One step forward.
    Forward,
    /// To the end.
    Last,
    /// To a place on the track, in chapters.
    Scrub(f64),
    /// To a chapter.
    Chapter(usize),
    /// To one of the speeds.
    Speed(usize),
}

pub struct TransportProps {
    /// The step's title.
    pub title: AttrValue,
    /// What happens in the step.
    pub sentence: AttrValue,
    /// The chapters' titles.
    pub chapters: Vec<AttrValue>,
    /// Where the track stands, in chapters.
    pub track: f64,
    /// Which chapter is shown.
    pub chapter: usize,
    /// Whether it plays.
    pub playing: bool,
    /// The speeds, as printed.
    pub speeds: Vec<AttrValue>,
    /// Which speed is chosen.
    pub speed: usize,
    /// Whether there is anything before this position.
    pub at_start: bool,
    /// Whether there is anything after it.
    pub at_end: bool,
    /// Told what the reader asks.
    pub on_command: Callback<Command>,
}

/// Plays, steps and scrubs.
pub fn transport(props: &TransportProps) -> Html {
    let button = |name: &'static str, sign: Sign, command: Command, disabled: bool, class: &'static str| {
        html! {
            <button
                type="button"
                class={classes!("btn", class)}
                aria-label={name}
                title={name}
                // A disabled button would drop the focus of a reader who steps by keyboard.
                aria-disabled={disabled.then_some("true")}
                onclick={props.on_command.reform(move |_| command)}
            >
                { icon(&IconProps { sign }) }
            </button>
        }
    };
    let scrub = props.on_command.reform(|event: InputEvent| {
        Command::Scrub(event.target_unchecked_into::<HtmlInputElement>().value_as_number())
    });
    let on_key = {
        let on_command = props.on_command.clone();
        Callback::from(move |event: KeyboardEvent| {
            let command = match event.key().as_str() {
                "ArrowLeft" | "ArrowDown" => Command::Back,
                "ArrowRight" | "ArrowUp" => Command::Forward,
                "Home" => Command::First,
                "End" => Command::Last,
                _ => return,
            };
            event.prevent_default();
            event.stop_propagation();
            on_command.emit(command);
        })
    };
    let speed = props.on_command.reform(|event: InputEvent| {
        Command::Speed(event.target_unchecked_into::<HtmlInputElement>().value_as_number() as usize)
    });
    let (play, play_sign) = if props.playing { ("Pause", Sign::Pause) } else { ("Play", Sign::Play) };
    let live = if props.playing { "off" } else { "polite" };
    html! {
        <div class="transport" role="group" aria-label="Transport">
            <p class="tell" aria-live={live}><b>{ &props.title }</b><span>{ &props.sentence }</span></p>
            <div class="transport-buttons">
                { button("First step", Sign::First, Command::First, props.at_start, "") }
                { button("Step back", Sign::Back, Command::Back, props.at_start, "") }
                { button(play, play_sign, Command::Toggle, false, "primary") }
                { button("Step forward", Sign::Forward, Command::Forward, props.at_end, "") }
                { button("Last step", Sign::Last, Command::Last, props.at_end, "") }
            </div>
            <div class="track">
                <div class="chapters">
                    for (n, chapter) in props.chapters.iter().enumerate() {
                        <button
                            key={n}
                            type="button"
                            class="chapter"
                            aria-current={(n == props.chapter).then_some("step")}
                            onclick={props.on_command.reform(move |_| Command::Chapter(n))}
                        >
                            { chapter }
                            <svg aria-hidden="true">
                                <rect width="100%" height="100%" />
                                <rect
                                    class="done"
                                    width={format!("{:.2}%", (props.track - n as f64).clamp(0.0, 1.0) * 100.0)}
                                    height="100%"
                                />
                            </svg>
                        </button>
                    }
                </div>
                <input
                    type="range"
                    aria-label="Timeline"
                    aria-valuetext={format!("{}. {}", props.title, props.sentence)}
                    min="0"
                    max={props.chapters.len().to_string()}
                    step="0.001"
                    value={format!("{:.3}", props.track)}
                    oninput={scrub}
                    onkeydown={on_key}
                />
            </div>
            <label class="speed">
                <span>{ "Speed" }</span>
                <input
                    type="range"
                    aria-label="Speed"
                    aria-valuetext={props.speeds[props.speed].clone()}
                    min="0"
                    max={(props.speeds.len() - 1).to_string()}
                    step="1"
                    value={props.speed.to_string()}
                    oninput={speed}
                />
                <b>{ &props.speeds[props.speed] }</b>
            </label>
        </div>
    }
}
