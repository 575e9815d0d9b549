//! The transposed convolution told another way, in the place of Cᵀ.

use crate::{
    lesson::matrix::{MatrixLesson, composition::Detail, derived::Derived, scene::Scene, spot::Array},
    ui::components::number_grid::{Cell, GridEvent, NumberGrid},
};
use std::rc::Rc;
use yew::prelude::*;

#[derive(Properties, PartialEq)]
pub struct WayViewProps {
    /// The page's state.
    pub lesson: MatrixLesson,
    /// What follows from its numbers.
    pub derived: Rc<Derived>,
    /// The picture at its position.
    pub scene: Scene,
    /// How much room there is.
    pub detail: Detail,
    /// What each number of E paints.
    pub stamps: Vec<(usize, Rc<[Cell]>)>,
    /// Told what the reader does in a grid.
    pub on_grid: Callback<(Array, GridEvent)>,
}

/// The picture of the way that is told.
#[component]
pub fn WayView(props: &WayViewProps) -> Html {
    let columns = props.derived.sizes().grown[1];
    html! {
        <div class="stamps">
            for (j, cells) in props.stamps.iter() {
                <NumberGrid
                    key={*j}
                    label={Array::Stamp(*j).name()}
                    slug={Array::Stamp(*j).slug()}
                    {columns}
                    cells={cells.clone()}
                    on_event={let array = Array::Stamp(*j); props.on_grid.reform(move |event| (array, event))}
                />
            }
        </div>
    }
}
