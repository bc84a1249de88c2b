//! What is around a page: paper, a finger, a crash, a network that is slow or gone.

use crate::support::Browser;
use serde_json::{Value, json};
use std::time::Duration;

impl Browser {
    /// The page on paper, as the bytes of a PDF in base64.
    pub async fn paper(&self) -> Value {
        let wanted =
            json!({"generateTaggedPDF": true, "printBackground": false, "paperWidth": 8.27, "paperHeight": 11.69});
        self.driver.cdp().send_raw("Page.printToPDF", wanted).await.unwrap()["data"].clone()
    }

    /// Lets scripts of pages run, or not.
    pub async fn scripts(&self, run: bool) {
        let off = json!({"value": !run});
        self.driver.cdp().send_raw("Emulation.setScriptExecutionDisabled", off).await.unwrap();
    }

    /// Makes the pointer a finger.
    pub async fn finger(&self) {
        let touch = json!({"enabled": true, "maxTouchPoints": 1});
        self.driver.cdp().send_raw("Emulation.setTouchEmulationEnabled", touch).await.unwrap();
    }

    /// Ends the page as a crash does, with no last word to it, and goes on in another tab.
    pub async fn crash(&self) {
        let tab = self.driver.new_tab().await.unwrap();
        let pipe = self.driver.cdp();
        let crash = pipe.send_raw("Page.crash", json!({}));
        // Nobody answers any more.
        drop(tokio::time::timeout(Duration::from_secs(2), crash).await);
        self.driver.switch_to_window(tab).await.unwrap();
    }

    /// Asks for pages in this language.
    pub async fn language(&self, language: &str) {
        self.driver.cdp().send_raw("Network.enable", json!({})).await.unwrap();
        let headers = json!({"headers": {"Accept-Language": language}});
        self.driver.cdp().send_raw("Network.setExtraHTTPHeaders", headers).await.unwrap();
    }

    /// Takes the network away, or gives it back.
    pub async fn offline(&self, offline: bool) {
        self.driver.cdp().send_raw("Network.enable", json!({})).await.unwrap();
        let how = json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.driver.cdp().send_raw("Network.emulateNetworkConditions", how).await.unwrap();
    }

    /// Makes this a slow phone on a slow network: a fourth of the speed, 1.6 Mbit a second, 150 ms each way and back.
    pub async fn slow(&self) {
        let pipe = self.driver.cdp();
        pipe.send_raw("Emulation.setCPUThrottlingRate", json!({"rate": 4})).await.unwrap();
        pipe.send_raw("Network.enable", json!({})).await.unwrap();
        let how = json!({"offline": false, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 94_000});
        pipe.send_raw("Network.emulateNetworkConditions", how).await.unwrap();
    }

    /// Forgets what the browser has kept of pages, style and script.
    pub async fn forget(&self) {
        self.driver.cdp().send_raw("Network.clearBrowserCache", json!({})).await.unwrap();
    }
}
