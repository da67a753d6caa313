//go:build counterparts

package export

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"image"
	"image/png"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"ganvas/engine/gan"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

var (
	picturesTo  = flag.String("pictures", "", "folder for pictures of the pages")
	writeGolden = flag.Bool("golden", false, "write the pictures anew that TestWebGolden compares with")
)

// A tab is a page in Chromium.
type tab struct {
	*testing.T
	ctx context.Context
}

// chromium starts a browser without a window, and ends it with the test. What a page asks of a
// network, and what goes wrong in its scripts, fails the test.
func chromium(t *testing.T) tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))
	ctx, end := context.WithTimeout(t.Context(), 5*time.Minute)
	t.Cleanup(end)
	ctx, end = chromedp.NewExecAllocator(ctx, options...)
	t.Cleanup(end)
	ctx, end = chromedp.NewContext(ctx)
	t.Cleanup(end)
	var mu sync.Mutex
	var faults []string
	err := chromedp.Listen(ctx, func(event any) {
		mu.Lock()
		defer mu.Unlock()
		switch e := event.(type) {
		case *network.EventRequestWillBeSent:
			if scheme, _, _ := strings.Cut(e.Request.URL, ":"); scheme != "file" && scheme != "blob" && scheme != "data" {
				faults = append(faults, "it asks for "+e.Request.URL)
			}
		case *runtime.EventExceptionThrown:
			faults = append(faults, fmt.Sprint(e.ExceptionDetails.Text, " ", e.ExceptionDetails.LineNumber))
		case *log.EventEntryAdded:
			if e.Entry.Level == log.EntryLevelError {
				faults = append(faults, e.Entry.Text)
			}
		}
	})
	if err == nil {
		_, err = chromedp.Call(ctx, network.Enable, network.EnableParams{})
	}
	if err == nil {
		_, err = chromedp.Call(ctx, log.Enable, cdp.Empty{})
	}
	if err != nil {
		t.Fatalf("start Chromium, which must be installed: %v", err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, text := range faults {
			t.Errorf("the page: %s", text)
		}
	})
	return tab{t, ctx}
}

// do takes steps one after the other.
func (b tab) do(steps ...chromedp.Action[chromedp.Void]) {
	b.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.Fatal(err)
	}
}

// ask returns what a script in the page says.
func ask[T any](b tab, script string) T {
	b.Helper()
	answer, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	if err != nil {
		b.Fatal(err)
	}
	return answer
}

// script runs a script in the page.
func script(text string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](text, chromedp.EvalAwaitPromise)
}

// until waits until a condition holds in the page.
func until(condition string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void](condition)
}

// shows waits until the page shows what an address names.
func shows(hash string) chromedp.Action[chromedp.Void] {
	return until(fmt.Sprintf("document.getElementById('picture')?.dataset.shows === %q", hash))
}

func fileURL(path string) string { return "file://" + filepath.ToSlash(path) }

// trainedPreset trains a preset for some steps.
func trainedPreset(t *testing.T, name string, steps int64) string {
	t.Helper()
	r, err := recipe.Named(name)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "run.ganvas")
	s, err := session.Create(t.Context(), r, nil, path, session.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.TrainUntil(steps)
	if err := errors.Join(s.Wait(), s.Close()); err != nil {
		t.Fatal(err)
	}
	return path
}

// exported writes the page of a project.
func exported(t *testing.T, s *Source) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	if err := s.Web(t.Context(), path, Options{Version: "counterparts"}); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestBrowserPictures compares pages in Chromium with the program: 16 seeds of finished digits, and
// of presets of each kind.
func TestBrowserPictures(t *testing.T) {
	t.Run("example", func(t *testing.T) { comparePage(t, "example", open(t, example(t))) })
	for _, name := range []string{"ring", "digits-mlp", "digits-dcgan", "digits-conditional", "digits-mdgan", "shapes-conditional", "emoji32", "emoji64"} {
		steps := int64(100)
		if name == "emoji64" {
			steps = 30 // of which each takes long
		}
		t.Run(name, func(t *testing.T) { comparePage(t, name, open(t, trainedPreset(t, name, steps))) })
	}
}

func comparePage(t *testing.T, name string, s *Source) {
	n, err := s.Network(Generator, false)
	if err != nil {
		t.Fatal(err)
	}
	g := gan.NewGenerator(n, s.Recipe.LatentKind)
	path, b := exported(t, s), chromium(t)
	b.do(chromedp.Navigate(fileURL(path)))
	most := 0.0
	var drawn []byte
	for seed := range uint64(webSeeds) {
		class, part := int(seed)%max(1, g.Classes()), int(seed)%g.Count()
		hash := fmt.Sprintf("#seed=%d", seed)
		if g.Classes() > 0 {
			hash += fmt.Sprintf("&class=%d", class)
		}
		if g.Count() > 1 {
			hash += fmt.Sprintf("&generator=%d", part)
		}
		g.Choose(class, part)
		want := g.Render(g.Noise(seed, 1), 1)
		b.do(script(fmt.Sprintf("location.hash = %q", hash)), shows(hash))
		if g.Out().Picture() {
			got := b.pixels()
			drawn = append(drawn, got...)
			most = max(most, float64(apart(got, pixels(g, want))))
			continue
		}
		var x, y float32
		if _, err := fmt.Sscan(ask[string](b, "document.getElementById('picture').dataset.point"), &x, &y); err != nil {
			t.Fatal(err)
		}
		most = max(most, 127.5*math.Abs(float64(x-want[0])), 127.5*math.Abs(float64(y-want[1])))
	}
	if most > 1 {
		t.Errorf("pictures differ by %g/255", most)
	}
	if name == "example" && *writeGolden {
		side := g.Out()[1]
		all := &image.RGBA{Pix: drawn, Stride: 4 * side, Rect: image.Rect(0, 0, side, len(drawn)/(4*side))}
		if err := wholefile.Write(goldenDigits, wholefile.Replace, func(w io.Writer) error { return png.Encode(w, all) }); err != nil {
			t.Fatal(err)
		}
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s: %d weights, page %.2f MB, %d seeds at most %.2g/255 apart, %.0f pictures a second", name, n.CountParams(), float64(info.Size())/1e6, webSeeds, most, ask[float64](b, paceJS))
	b.photograph(name)
}

// paceJS presses a key again and again, each time until the page shows what it asks for.
const paceJS = `(async () => {
	const canvas = document.getElementById("picture"), n = 30, start = performance.now();
	const channel = new MessageChannel();
	for (let i = 0; i < n; i++) {
		const before = canvas.dataset.drawn;
		document.body.dispatchEvent(new KeyboardEvent("keydown", { key: i % 2 ? "ArrowRight" : "ArrowLeft", bubbles: true }));
		while (canvas.dataset.drawn === before) {
			await new Promise((resolve) => { channel.port1.onmessage = resolve; channel.port2.postMessage(0); });
		}
	}
	return n * 1000 / (performance.now() - start);
})()`

// pixels returns what the page's picture shows.
func (b tab) pixels() []byte {
	b.Helper()
	var rgba []byte
	for _, v := range ask[[]int](b, `(() => {
		const c = document.getElementById("picture");
		return Array.from(c.getContext("2d").getImageData(0, 0, c.width, c.height).data);
	})()`) {
		rgba = append(rgba, byte(v))
	}
	return rgba
}

// photograph takes pictures of a page for people to look at: of a desktop and of a phone, dark and
// light.
func (b tab) photograph(name string) {
	b.Helper()
	if *picturesTo == "" {
		return
	}
	for _, scheme := range []string{"light", "dark"} {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, media); err != nil {
			b.Fatal(err)
		}
		for size, wide := range map[string][2]int64{"desktop": {1280, 800}, "phone": {390, 844}} {
			b.do(chromedp.EmulateViewport(wide[0], wide[1]), script("new Promise((f) => requestAnimationFrame(() => requestAnimationFrame(() => f(0))))"))
			shot, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
			if err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(*picturesTo, fmt.Sprintf("%s-%s-%s.png", name, size, scheme)), shot, 0o666); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// enter gives a field a value as a person does.
func enter(id, value string) chromedp.Action[chromedp.Void] {
	return script(fmt.Sprintf("{ const e = document.getElementById(%q); e.value = %q; e.dispatchEvent(new Event('change')); }", id, value))
}

// TestBrowserUse uses a page as a person does: keys, drags, sliders, the seed, an address, saving.
func TestBrowserUse(t *testing.T) {
	path, b := exported(t, open(t, trainedPreset(t, "digits-conditional", 3))), chromium(t)
	at := func(address string) {
		t.Helper()
		b.do(shows(address), until(fmt.Sprintf("location.hash === %q", address)))
	}
	said := func(want string) {
		t.Helper()
		if got := ask[string](b, "document.getElementById('wrong').textContent"); got != want {
			t.Errorf("the page says %q, want %q", got, want)
		}
	}
	b.do(chromedp.Navigate(fileURL(path) + "#seed=3&class=2&at=0.5,0,-1.25"))
	at("#seed=3&class=2&at=0.5,0,-1.25")
	before := b.pixels()
	b.do(chromedp.KeyEvent("7"))
	at("#seed=3&class=7&at=0.5,0,-1.25")
	if apart(b.pixels(), before) == 0 {
		t.Error("another class has the same picture")
	}
	b.do(chromedp.KeyEvent(kb.Home))
	at("#seed=3&class=7")
	b.do(chromedp.KeyEvent(kb.ArrowRight), chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.ArrowDown))
	at("#seed=3&class=7&at=0.12,0.24")
	b.do(script("{ const e = document.querySelectorAll('input[type=range]')[2]; e.value = 2; e.dispatchEvent(new Event('input')); }"))
	b.do(until("/^#seed=3&class=7&at=0.12,0.24,-?[0-9.]+$/.test(location.hash)"), until("document.querySelectorAll('output')[2].textContent === '2.00'"))
	b.do(chromedp.Click(chromedp.CSS("#reset")), enter("class", "2"))
	at("#seed=3&class=2")
	b.do(enter("seed", "18446744073709551616"))
	said("A seed is a whole number from 0 to 18446744073709551615.")
	b.do(enter("seed", "18446744073709551615"))
	at("#seed=18446744073709551615&class=2")
	b.do(chromedp.Click(chromedp.CSS("#random")), until("/^#seed=[0-9]{1,5}&class=2$/.test(location.hash)"), script("history.back()"))
	at("#seed=18446744073709551615&class=2")
	b.do(chromedp.DragAndDropXY(300, 300, 360, 250, 4), until("/^#seed=18446744073709551615&class=2&at=[0-9.]+,-[0-9.]+$/.test(location.hash)"))
	b.do(script("location.hash = '#seed=5&class=10&at=1,x&nothing=2'"), shows("#seed=5&class=0"))
	said("The address asks for what this page does not have: class=10, at=1,x, nothing=2.")
	b.saves()
}

// saves has the page save its picture, and looks at the file.
func (b tab) saves() {
	b.Helper()
	dir, on := b.TempDir(), true
	p := browser.SetDownloadBehaviorParams{Behavior: browser.SetDownloadBehaviorBehaviorAllow, DownloadPath: dir, EventsEnabled: &on}
	if _, err := chromedp.CallBrowser(b.ctx, browser.SetDownloadBehavior, p); err != nil {
		b.Fatal(err)
	}
	events := chromedp.BrowserEvents(b.ctx, browser.DownloadProgress)
	want := b.pixels()
	b.do(chromedp.KeyEvent("s"))
	for e, err := range events {
		if err != nil {
			b.Fatal(err)
		}
		if e.State == browser.DownloadProgressStateCompleted {
			break
		}
	}
	f, err := os.Open(filepath.Join(dir, "digits-conditional-seed-5.png"))
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		b.Fatal(err)
	}
	const times = 19
	if size := img.Bounds().Size(); size.X != 28*times || size.Y != 28*times {
		b.Fatalf("the saved picture has %v pixels", size)
	}
	for i := range 28 * 28 {
		grey, _, _, _ := img.At(i%28*times+times/2, i/28*times+times/2).RGBA()
		if got := byte(grey >> 8); got != want[4*i] {
			b.Fatalf("pixel %d is saved as %d, want %d", i, got, want[4*i])
		}
	}
}

// TestBrowserFaults holds that a page that is damaged says so in a sentence.
func TestBrowserFaults(t *testing.T) {
	whole, err := os.ReadFile(exported(t, open(t, project(t, nil))))
	if err != nil {
		t.Fatal(err)
	}
	b := chromium(t)
	weights := strings.Index(string(whole), `id="weights">`)
	for name, content := range map[string]string{
		"cut in the engine":  string(whole[:weights/2]),
		"cut in the weights": string(whole[:weights+200]),
	} {
		path := filepath.Join(t.TempDir(), "page.html")
		if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
		b.do(chromedp.Navigate(fileURL(path)), until("document.getElementById('wrong').textContent !== ''"))
		if got := ask[string](b, "document.getElementById('wrong').textContent"); got != "This file is incomplete: copy or download it again." {
			t.Errorf("%s: the page says %q", name, got)
		}
	}
}
