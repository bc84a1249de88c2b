//! The frame of the wall's pages, and how a television notices that it is out of date.

use crate::web::assets;

/// What the frame of the wall's pages needs: its own small files, and no menu.
#[derive(Clone, Copy, Debug)]
pub struct WallFrame {
    pub css: &'static str,
    pub js: &'static str,
    pub icon: &'static str,
}

impl Default for WallFrame {
    /// The files as this program holds them.
    fn default() -> Self {
        Self { css: assets::path("wall.css"), js: assets::path("wall.js"), icon: assets::path("icon.svg") }
    }
}

impl WallFrame {
    /// Changes with every file of the wall and every version of the program: then a television loads it anew.
    pub fn version(&self) -> String {
        format!("{} {} {}", env!("CARGO_PKG_VERSION"), self.css, self.js)
    }
}
