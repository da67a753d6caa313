// Package uitest has a stand-in for the window, with which a page is tested without one. The
// program does not use it.
package uitest

import (
	"image"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/test"

	"ganvas/app/internal/apptest"
	"ganvas/app/settings"
	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/engine/session"
	"ganvas/engine/tensor"
)

// A Host is a ui.Host that answers by itself and remembers what it was asked.
type Host struct {
	Yes    bool   // the answer to Confirm
	Path   string // the answer to AskFile, AskFolder and AskSave; "": the person cancels
	Failed []error
	Asked  []string // titles of dialogs and questions
	Texts  []string // what Confirm said

	Question ui.Question // the last that was asked

	window fyne.Window
}

// Window returns the window that the page is in.
func (h *Host) Window() fyne.Window { return h.window }

// Dismiss hides what lies on top of the window.
func (h *Host) Dismiss() {
	if top := h.window.Canvas().Overlays().Top(); top != nil {
		h.window.Canvas().Overlays().Remove(top)
	}
}

// Present shows a dialog.
func (h *Host) Present(d dialog.Dialog, _ ui.Subject) {
	h.Asked = append(h.Asked, "dialog")
	d.Show()
}

// Fail remembers an error.
func (h *Host) Fail(err error) { h.Failed = append(h.Failed, err) }

// InformOf shows something to be read.
func (h *Host) InformOf(_ ui.Subject, title string, content fyne.CanvasObject) {
	h.Asked = append(h.Asked, title)
	dialog.ShowCustom(title, "Close", content, h.window)
}

// Confirm answers Yes.
func (h *Host) Confirm(_ ui.Subject, title, _, message string, done func(bool)) {
	h.Asked, h.Texts = append(h.Asked, title), append(h.Texts, message)
	done(h.Yes)
}

// Ask remembers a question.
func (h *Host) Ask(q ui.Question) { h.Asked, h.Question = append(h.Asked, q.Title), q }

// AskFile answers Path.
func (h *Host) AskFile(title, _ string, _ []string, chosen func(path string)) {
	h.answer(title, chosen)
}

// AskFolder answers Path.
func (h *Host) AskFolder(title, _ string, chosen func(path string)) { h.answer(title, chosen) }

// AskSave answers Path.
func (h *Host) AskSave(_ ui.Subject, title, _, _, _ string, chosen func(path string)) {
	h.answer(title, chosen)
}

// AskNewFolder answers Path.
func (h *Host) AskNewFolder(_ ui.Subject, title, _, _ string, chosen func(path string)) {
	h.answer(title, chosen)
}

func (h *Host) answer(title string, chosen func(path string)) {
	h.Asked = append(h.Asked, title)
	if h.Path != "" {
		chosen(h.Path)
	}
}

// loop is an event loop for Fyne: what its test driver would run where it comes from waits.
type loop struct {
	fyne.Driver
	*apptest.Loop
}

// DoFromGoroutine is part of fyne.Driver.
func (l *loop) DoFromGoroutine(f func(), wait bool) {
	if wait {
		panic("uitest: waited for the UI goroutine")
	}
	l.Do(f)
}

// app is Fyne's test application with a loop.
type app struct {
	fyne.App
	loop *loop
}

func (a *app) Driver() fyne.Driver { return a.loop }

// NewApp makes Fyne's test application the current one, with a loop of its own: what comes from
// other goroutines waits until the test turns it.
func NewApp() (fyne.App, *apptest.Loop) {
	inner := test.NewApp()
	l := &loop{inner.Driver(), apptest.NewLoop()}
	a := &app{inner, l}
	fyne.SetCurrentApp(a)
	return a, l.Loop
}

// A Rig is a studio, a stand-in for the window, and the loop of both.
type Rig struct {
	S    *studio.Studio
	Host *Host
	Said studio.Message // the last that was said
	// Copied is what is on the clipboard; CopyErr, if not nil, keeps things from it.
	Copied  image.Image
	CopyErr error

	t     testing.TB
	loop  *apptest.Loop
	pages []Page
}

// Start makes a studio with a home of its own and an empty window, which end with the test;
// examples may be nil. A failure of the studio that the test does not take out of Host.Failed fails it.
func Start(t testing.TB, examples []studio.Example) *Rig {
	t.Helper()
	home := t.TempDir()
	t.Setenv("GANVAS_HOME", home)
	a, l := NewApp()
	a.Settings().SetTheme(ui.NewTheme("light"))
	store, err := settings.Open(filepath.Join(home, settings.FileName))
	if err != nil {
		t.Fatal(err)
	}
	r := &Rig{t: t, loop: l, Host: &Host{window: a.NewWindow("page")}}
	r.S = studio.New(studio.Options{
		Do: l.Do, Home: home, Memory: settings.Preferences{Store: store}, Examples: examples,
		Free: func() (int64, error) { return 4 << 30, nil },
		Copy: func(img image.Image) error {
			if r.CopyErr == nil {
				r.Copied = img
			}
			return r.CopyErr
		},
	})
	threads := tensor.Threads()
	tensor.SetThreads(1) // networks here are so small that threads would only wait for each other
	r.S.Failed.On(r.Host.Fail)
	r.S.Said.On(func(m studio.Message) { r.Said = m })
	t.Cleanup(func() {
		if err := r.S.Finish(0); err != nil {
			t.Error(err)
		}
		r.S.Jobs.Close()
		for _, p := range r.pages {
			p.Close()
		}
		store.Flush()
		tensor.SetThreads(threads)
		for _, err := range r.Host.Failed {
			t.Errorf("failed: %v", err)
		}
	})
	return r
}

// A Page is what is tested.
type Page interface {
	Content() fyne.CanvasObject
	Refresh()
	SetVisible(on bool)
	Close()
}

// Show puts a page into the window, at about the size that it has in the usual one, and has it
// follow the studio as the window does.
func (r *Rig) Show(p Page) {
	w := r.Host.window
	w.SetContent(p.Content())
	w.Resize(fyne.NewSize(1180, 700))
	r.S.Changed.On(func(studio.None) { p.Refresh() })
	p.SetVisible(true)
	r.S.Refresh()
	r.pages = append(r.pages, p) // closed after all jobs, as the window does
}

// Until turns the loop until done says so.
func (r *Rig) Until(what string, done func() bool) {
	r.t.Helper()
	r.loop.Until(r.t, what, done)
}

// Ready makes a recipe the plan and waits for its data.
func (r *Rig) Ready(text string) {
	r.t.Helper()
	r.S.Plan.Edit(apptest.Parse(r.t, text), "test", false)
	r.Until("the data are read", func() bool { return r.S.Data.Set != nil && r.S.Reason == "" })
}

// Train trains all steps of the plan.
func (r *Rig) Train() {
	r.t.Helper()
	if got := r.S.Training.Start((*session.Session).Train); got != studio.Started {
		r.t.Fatalf("the run does not start: %d, %s", got, r.S.Reason)
	}
	r.Until("the run has ended", func() bool {
		return r.S.Status.Steps > 0 && r.S.Status.Step == r.S.Status.Steps && !r.S.Status.Running
	})
}
