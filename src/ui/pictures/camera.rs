//! A picture from the camera: a dialog that shows what it sees, and takes it.

use crate::web::camera::{self, Camera};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Blob, Element, HtmlDialogElement, HtmlVideoElement};
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct CameraButtonProps {
    /// Told the picture.
    pub on_file: Callback<Blob>,
}

/// The button, where the browser knows cameras, and its dialog.
#[component]
pub fn CameraButton(props: &CameraButtonProps) -> Html {
    let (dialog, video) = (use_node_ref(), use_node_ref());
    let running = use_mut_ref(|| None::<Camera>);
    let problem = use_state_eq(|| None::<AttrValue>);
    {
        // However the dialog closes, the camera goes off.
        let (dialog, running) = (dialog.clone(), running.clone());
        use_effect_with((), move |()| {
            let listener = dialog.cast::<Element>().map(|dialog| {
                crate::web::events::Listener::new(&dialog, "close", move |_| drop(running.borrow_mut().take()))
            });
            move || drop(listener)
        });
    }
    if !camera::is_known() {
        return Html::default();
    }
    let close = {
        let dialog = dialog.clone();
        move || {
            if let Some(dialog) = dialog.cast::<HtmlDialogElement>() {
                dialog.close();
            }
        }
    };
    let open = {
        let (dialog, video, running, problem) = (dialog.clone(), video.clone(), running.clone(), problem.clone());
        Callback::from(move |_: MouseEvent| {
            let (Some(dialog), Some(video)) = (dialog.cast::<HtmlDialogElement>(), video.cast::<HtmlVideoElement>())
            else {
                return;
            };
            problem.set(None);
            let _ = dialog.show_modal();
            spawn_local(switch_on(dialog, video, running.clone(), problem.clone()));
        })
    };
    let take = {
        let (video, problem, on_file, close) = (video.clone(), problem.clone(), props.on_file.clone(), close.clone());
        Callback::from(move |_: MouseEvent| {
            let Some(video) = video.cast::<HtmlVideoElement>() else { return };
            let (problem, on_file, close) = (problem.clone(), on_file.clone(), close.clone());
            spawn_local(async move {
                match camera::take(&video).await {
                    Ok(file) => {
                        on_file.emit(file);
                        close();
                    }
                    Err(sentence) => problem.set(Some(sentence.into())),
                }
            });
        })
    };
    html! {
        <>
            { ", or " }<button type="button" class="say" onclick={open} aria-haspopup="dialog">{ "use the camera" }</button>
            <dialog ref={dialog} class="take camera" aria-label="Picture from the camera">
                <video ref={video} muted=true playsinline=true aria-label="What the camera sees"></video>
                if let Some(problem) = &*problem {
                    <p class="refusal" role="alert">{ problem }</p>
                }
                <div class="take-foot">
                    <button type="button" class="btn primary" onclick={take}>{ "Take the picture" }</button>
                    <span class="note">{ "It stays in this page." }</span>
                    <button type="button" class="btn ghost" onclick={Callback::from(move |_: MouseEvent| close())}>{ "Close" }</button>
                </div>
            </dialog>
        </>
    }
}

/// The reader may have closed the dialog before the browser has asked: then the camera goes off at once.
async fn switch_on(
    dialog: HtmlDialogElement,
    video: HtmlVideoElement,
    running: Rc<RefCell<Option<Camera>>>,
    problem: UseStateHandle<Option<AttrValue>>,
) {
    match camera::start(&video).await {
        Ok(camera) if dialog.open() => *running.borrow_mut() = Some(camera),
        Ok(camera) => drop(camera),
        Err(sentence) => problem.set(Some(sentence.into())),
    }
}
