"""Drives the built page in a real Chromium, from a file, as a person would.

usage: page_test.py VERIFY.HTML tests/vectors/log BIG

BIG is a published directory of many events (teller.mjs). Exit code 77: there is no Chromium here.
"""

import base64
import http.server
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import unittest

sys.dont_write_bytecode = True
HERE = pathlib.Path(__file__).resolve().parent
PAGE, LOG, BIG = sys.argv[1:4]
del sys.argv[1:4]

try:
    from selenium import webdriver
    from selenium.webdriver.chrome.options import Options
    from selenium.webdriver.chrome.service import Service
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import WebDriverWait
except ImportError:
    print("skipped: python3-selenium is not installed")
    sys.exit(77)
if not shutil.which("chromium") or not shutil.which("chromedriver"):
    print("skipped: chromium or chromedriver is not installed")
    sys.exit(77)

from bag import bag, read_folder, write_zip  # noqa: E402

ARGUMENTS = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--window-size=1000,1200"]


class Hits(http.server.BaseHTTPRequestHandler):
    """Counts whatever reaches it: nothing may."""
    count = 0

    def do_GET(self):
        Hits.count += 1
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def start_browser(profile):
    options = Options()
    for argument in [*ARGUMENTS, f"--user-data-dir={profile}"]:
        options.add_argument(argument)
    options.binary_location = shutil.which("chromium")
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    return webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="page-test-"))
        cls.log = cls.folder / "log"
        subprocess.run([sys.executable, str(HERE / "published.py"), LOG, str(cls.log)], check=True)
        cls.words = next(line for line in pathlib.Path(LOG, "log.txt").read_text().splitlines() if line.startswith("words "))[6:]
        cls.browser = start_browser(cls.folder / "profile")

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        shutil.rmtree(cls.folder)

    def setUp(self):
        self.browser.get(pathlib.Path(PAGE).resolve().as_uri())

    def by_id(self, name):
        return self.browser.find_element("id", name)

    def choose(self, which, path):
        """Picks a file or a folder, and waits until the browser has listed what is in it."""
        before = self.by_id("chosen").text
        self.by_id(which).send_keys(str(path))
        WebDriverWait(self.browser, 60).until(lambda _: self.by_id("chosen").text != before)

    def check(self, wait=60):
        self.by_id("check").click()
        self.wait_for_result(wait)

    def wait_for_result(self, wait=60):
        WebDriverWait(self.browser, wait).until(lambda _: self.by_id("result-title").is_displayed())

    def answers(self):
        """Claim → verdict, as the table shows it."""
        rows = self.browser.find_elements("css selector", "#claims tbody tr")
        return {row.get_attribute("data-claim"): row.find_element("class name", "answer").text for row in rows}

    def summary(self):
        return self.by_id("summary").text

    def altered(self, name, change):
        """A copy of the published log with one file changed."""
        copy = self.folder / f"altered-{time.monotonic_ns()}"
        shutil.copytree(self.log, copy)
        path = copy / name
        path.write_bytes(change(path.read_bytes()))
        return copy

    def drop(self, name, raw):
        """A file that is dropped on the page."""
        self.browser.execute_script("""
            const bytes = Uint8Array.from(atob(arguments[1]), (char) => char.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], arguments[0]));
            document.body.dispatchEvent(new DragEvent("drop", {dataTransfer: transfer, bubbles: true, cancelable: true}));
        """, name, base64.b64encode(raw).decode())

    def test_a_folder_that_is_intact(self):
        self.choose("folder", self.log)
        self.by_id("identity").send_keys(self.words)
        self.by_id("pin").send_keys(str(pathlib.Path(LOG, "pin.json").resolve()))
        witness = next(line for line in pathlib.Path(LOG, "log.txt").read_text().splitlines() if line.startswith("witness_vkey "))
        self.by_id("witnesses").send_keys(witness.split(" ", 1)[1])
        self.check()
        answers = self.answers()
        self.assertTrue(self.summary().startswith("Nothing that was checked failed."), self.summary())
        self.assertNotIn("valid", self.browser.find_element("tag name", "body").text)
        for claim in ("canonical_bytes", "chain", "tree", "log_signature", "author_signatures", "author_streams", "authority",
                      "invariants", "time_order", "evidence_files", "pin", "witness_quorum"):
            self.assertEqual(answers[claim], "✔ proved", claim)
        self.assertEqual(answers["identity"], "≈ assumed")
        self.assertEqual(self.by_id("words").text, self.words)
        left = self.by_id("left").text
        self.assertIn("nothing states the digest of a state", left)

    def test_a_bundle_in_a_zip_that_is_intact(self):
        path = self.folder / "bundle.zip"
        write_zip(path, bag(read_folder(self.log)))
        self.choose("zip", path)
        self.check()
        self.assertTrue(self.summary().startswith("Nothing that was checked failed."), self.summary())
        self.assertIn("a bundle of a whole log", self.by_id("about").text)

    def test_a_zip_that_is_dropped(self):
        path = self.folder / "dropped.zip"
        write_zip(path, bag(read_folder(self.log)))
        self.drop("dropped.zip", path.read_bytes())
        WebDriverWait(self.browser, 10).until(lambda _: "dropped.zip" in self.by_id("chosen").text)
        self.assertEqual(self.browser.switch_to.active_element.get_attribute("id"), "check")
        self.check()
        self.assertEqual(self.answers()["tree"], "✔ proved")

    def test_one_letter_of_an_entry(self):
        copy = self.altered("tile/entries/000.p/14", lambda raw: raw.replace(b"Middle", b"Muddle"))
        self.choose("folder", copy)
        self.check()
        answers = self.answers()
        self.assertIn("Something is wrong", self.summary())
        for claim in ("chain", "tree", "author_signatures"):
            self.assertEqual(answers[claim], "✘ failed", claim)
        row = self.browser.find_element("css selector", "#claims tr[data-claim=author_signatures]").text
        self.assertIn("Entry 5", row)

    def test_one_bit_of_a_checkpoint(self):
        copy = self.altered("checkpoint", lambda raw: raw.replace(b"lmE91ECO", b"lmE91ECP"))
        self.choose("folder", copy)
        self.check()
        self.assertEqual(self.answers()["log_signature"], "✘ failed")

    def test_evidence_that_was_altered(self):
        name = next(path for path in (self.log / "evidence").iterdir() if b"joins" in path.read_bytes()).name
        copy = self.altered(f"evidence/{name}", lambda raw: raw.replace(b"joins", b"burns"))
        self.choose("folder", copy)
        self.check()
        self.assertEqual(self.answers()["evidence_files"], "✘ failed")

    def test_what_is_no_log(self):
        path = self.folder / "other.zip"
        write_zip(path, {"letter/letter.txt": b"Dear Sir or Madam"})
        self.choose("zip", path)
        self.check()
        self.assertIn("could not be read", self.summary())
        self.assertIn("says nothing about the log", self.summary())
        path.write_bytes(b"no zip at all")
        self.setUp()
        self.choose("zip", path)
        self.check()
        self.assertIn("could not be read", self.summary())

    def test_text_from_outside_stays_text(self):
        hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>.zip'
        path = self.folder / "hostile.zip"
        files = {f"evil<b>/{name}": raw for name, raw in read_folder(self.log).items()}
        write_zip(path, files)
        self.drop(hostile, path.read_bytes())
        WebDriverWait(self.browser, 10).until(lambda _: "onerror" in self.by_id("chosen").text)
        self.check()
        self.assertEqual(self.browser.find_elements("css selector", "main img, main b, main script"), [])
        self.assertEqual(self.browser.title, "Check a log of test evidence")

    def test_the_keyboard_alone(self):
        reached = []
        for _ in range(7):
            webdriver.ActionChains(self.browser).send_keys(Keys.TAB).perform()
            reached.append(self.browser.switch_to.active_element.get_attribute("id"))
        self.assertEqual(reached, ["zip", "folder", "identity", "pin", "witnesses", "needed", "check"])
        outline = self.browser.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
        self.assertEqual(outline, "solid")
        self.choose("folder", self.log)
        self.browser.execute_script("document.getElementById('check').focus()")
        webdriver.ActionChains(self.browser).send_keys(Keys.ENTER).perform()
        self.wait_for_result()
        # The result takes the focus, so that a screen reader goes on there.
        self.assertEqual(self.browser.switch_to.active_element.get_attribute("id"), "result-title")

    def test_what_a_screen_reader_is_told(self):
        progress = self.by_id("progress")
        self.assertEqual(progress.get_attribute("role"), "progressbar")
        self.assertTrue(progress.get_attribute("aria-label"))
        self.assertTrue(self.browser.find_elements("css selector", "section #outcome[aria-live=polite]"))
        unlabelled = self.browser.execute_script(
            "return [...document.querySelectorAll('input, textarea')].filter((field) => field.labels.length === 0).length")
        self.assertEqual(unlabelled, 0)
        self.choose("folder", self.log)
        self.check()
        heads = self.browser.find_elements("css selector", "#claims thead th[scope=col]")
        rows = self.browser.find_elements("css selector", "#claims tbody th[scope=row]")
        self.assertEqual((len(heads), len(rows)), (3, 14))

    def test_twice_as_large_and_on_paper(self):
        self.choose("folder", self.log)
        self.check()
        # 200 % on a window of 1000 leaves 500 pixels: nothing may have to be scrolled to the side.
        self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                                     {"width": 500, "height": 700, "deviceScaleFactor": 2, "mobile": False})
        wide = self.browser.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
        self.browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        self.assertLessEqual(wide, 0)
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        shown = (self.by_id("form").is_displayed(), self.by_id("claims").is_displayed())
        self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
        self.assertEqual(shown, (False, True))
        self.assertTrue(base64.b64decode(self.browser.print_page()).startswith(b"%PDF"))

    def test_nothing_leaves_the_page(self):
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Hits)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        self.browser.get_log("performance")
        self.setUp()
        self.choose("folder", self.log)
        self.check()
        requests = []
        for line in self.browser.get_log("performance"):
            message = json.loads(line["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                requests.append(message["params"]["request"]["url"])
        self.assertEqual([url for url in requests if not url.startswith(("file:", "data:"))], [])
        # And if something in the page wanted to: the policy refuses it.
        refused = self.browser.execute_async_script("""
            const [address, done] = arguments;
            const image = new Image();
            image.src = address + "image";
            const style = document.createElement("style");
            style.textContent = `body { background: url(${address}style) }`;
            document.head.append(style);
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.head.append(script);
            fetch(address + "fetch").then(() => done("sent"), () => setTimeout(() => done(window.ran ? "ran" : "refused"), 300));
        """, address)
        server.shutdown()
        server.server_close()
        self.assertEqual((refused, Hits.count), ("refused", 0))

    def test_a_hundred_thousand_events(self):
        self.choose("folder", BIG)
        started = time.monotonic()
        self.by_id("check").click()
        seen = set()
        while not self.by_id("result-title").is_displayed():
            seen.add(self.by_id("progress").get_attribute("aria-valuenow"))
            self.assertLess(time.monotonic() - started, 120)
            time.sleep(0.05)
        took = self.by_id("doing").text
        self.assertIn("Nothing that was checked failed.", self.summary())
        self.assertGreater(len(seen), 2, "progress was shown")
        print(f"100,000 events: {took}", flush=True)

    def test_nothing_else_is_chosen_while_it_checks(self):
        self.choose("folder", BIG)
        chosen = self.by_id("chosen").text
        self.by_id("check").click()
        self.assertFalse(self.by_id("zip").is_enabled() or self.by_id("folder").is_enabled())
        # A file that is dropped now would give its name to what is found of another.
        self.browser.execute_script("""
            const carried = new DataTransfer();
            carried.items.add(new File(["junk"], "decision.zip"));
            document.dispatchEvent(new DragEvent("drop", { dataTransfer: carried, bubbles: true, cancelable: true }));
        """)
        time.sleep(0.3)
        self.assertEqual(self.by_id("chosen").text, chosen)
        self.by_id("cancel").click()
        self.wait_for_result()
        self.assertTrue(self.by_id("zip").is_enabled())

    def test_stopping(self):
        self.choose("folder", BIG)
        self.by_id("check").click()
        self.by_id("cancel").click()
        self.wait_for_result()
        self.assertIn("You stopped the check", self.summary())
        self.assertTrue(self.by_id("check").is_enabled())

    def test_no_message_of_trouble(self):
        self.browser.get_log("browser")
        self.setUp()
        self.choose("folder", self.log)
        self.check()
        self.assertEqual(self.browser.get_log("browser"), [])


if __name__ == "__main__":
    unittest.main(verbosity=2)
