package studio

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"ganvas/engine/recipe"
	"ganvas/engine/session"
)

// What the names of files end in.
const (
	ProjectExtension = ".ganvas"
	RecipeExtension  = ".toml"
)

// Projects opens, saves and closes.
type Projects struct {
	s      *Studio
	Coming string // what is about to be opened; "": nothing
}

// Exists tells whether there is a file or a folder at path.
func Exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// Announce says, where nothing is open, what is about to be; "" for nothing.
func (p *Projects) Announce(text string) {
	p.Coming = text
	p.s.Announced.Emit(text)
}

// An Opening is what is to be opened, and what was answered to questions about its data.
type Opening struct {
	Path    string // of the project
	Run     int64  // 0: the current one
	Data    string // where the data lie now; "": where they were
	Read    bool   // though they were never read before
	Changed bool   // though they have changed
	Then    func() // called once it is open; may be nil
	example bool   // the project is a copy of the example
}

// then tells that it is open.
func (o Opening) then() {
	if o.Then != nil {
		o.Then()
	}
}

// options are a session's options for it.
func (o Opening) options(s session.Options) session.Options {
	s.Run, s.Data, s.ReadData, s.Changed = o.Run, o.Data, o.Read, o.Changed
	return s
}

// Open closes the project that is open, saving it, and opens another, or another run of the one
// that is open. What stands in the way it asks.
func (p *Projects) Open(o Opening) {
	s := p.s
	if s.Work.After(func() { p.Open(o) }) {
		return
	}
	old := s.Run
	if old != nil && old.Session.Path() == o.Path {
		if o.Run != 0 {
			p.switchRun(o)
		}
		return
	}
	r := newRun(s)
	s.Work.RunFirm("Opening "+filepath.Base(o.Path), func(ctx context.Context, report func(done, total int)) error {
		return r.open(ctx, o, old, report)
	}, func(err error) {
		if err != nil {
			r.cancel()
			p.notOpened(o, err)
			return
		}
		p.adopt(r)
		p.opened(r)
		o.then()
	})
}

// open opens a project and then closes the one before, which is saved.
func (r *Run) open(ctx context.Context, o Opening, old *Run, report func(done, total int)) error {
	s, err := session.Open(ctx, o.Path, o.options(r.options(report)))
	if err != nil {
		return err
	}
	r.Session, r.Recipe, r.Data = s, s.Recipe(), s.Data()
	if o.example {
		r.example = o.Path
		r.opened, err = sumOf(o.Path) // opening brings files of earlier versions up to date
	}
	if err := errors.Join(err, ctx.Err()); err != nil {
		return errors.Join(err, s.Close())
	}
	if old != nil {
		if err := old.Close(); err != nil {
			return errors.Join(err, s.Close())
		}
		old.cancel()
	}
	return nil
}

// switchRun goes on with another run of the project that is open.
func (p *Projects) switchRun(o Opening) {
	p.turnTo("Opening run "+fmt.Sprint(o.Run), o, func(context.Context) (int64, error) { return o.Run, nil }, func(o Opening, err error) {
		if err != nil {
			p.notOpened(o, err)
		}
	})
}

// turnTo pauses the run that is open and goes on with the one of the same project that which names.
// ended is told of the end.
func (p *Projects) turnTo(title string, o Opening, which func(ctx context.Context) (run int64, err error), ended func(Opening, error)) {
	s, r := p.s, p.s.Run
	r.replaced = true
	s.Work.RunFirm(title, func(ctx context.Context, report func(done, total int)) (err error) {
		r.Session.Pause()
		_ = r.Session.Wait() // why it stopped by itself was said already
		paused := session.Snapshot{Status: r.Session.Status(), Doctor: r.Session.Doctor()}
		s.Do(func() {
			if s.Run == r {
				s.take(paused)
			}
		})
		if o.Run, err = which(ctx); err != nil {
			return err
		}
		return r.Session.SwitchRun(ctx, o.options(session.Options{DataProgress: report}))
	}, func(err error) {
		if err != nil {
			r.stay()
			ended(o, err)
			return
		}
		r.Recipe, r.Data = r.Session.Recipe(), r.Session.Data()
		r.renew()
		p.opened(r)
		r.Command(r.Session.Refresh)
		o.then()
		ended(o, nil)
	})
}

// notOpened says why something was not opened, or asks what that depends on.
func (p *Projects) notOpened(o Opening, err error) {
	s := p.s
	p.Announce("")
	foreign, wrong := new(session.ForeignDataError), new(session.DataError)
	asks := errors.As(err, &foreign) || errors.As(err, &wrong)
	if open := s.Run != nil && s.Run.Session.Path() == o.Path; !open && !asks && s.Memory.Last() == o.Path {
		s.Memory.SetLast("")
	}
	if s.Run == nil {
		s.Data.sync()
	}
	s.Refresh()
	switch {
	case errors.As(err, &foreign):
		s.Asked.Emit(WantsConsent{o, foreign})
	case errors.As(err, &wrong):
		s.Asked.Emit(WantsData{o, wrong})
	default:
		s.FailUnlessCancelled(err)
	}
}

// adopt has a session be the run from now on.
func (p *Projects) adopt(r *Run) {
	s := p.s
	if s.Run != nil {
		s.Run.cancel()
	}
	s.setRun(r)
	p.Announce("")
	if path := r.Session.Path(); r.example != "" { // which is not worth a place in the list until it is changed
		s.Memory.SetLast(path)
	} else {
		s.Memory.AddRecent(path)
	}
	s.Remembered.Emit(None{})
	r.begin()
}

// opened makes the recipe and the data of a run that was opened the plan's, and shows it.
func (p *Projects) opened(r *Run) {
	p.s.Plan.reset(r.Recipe)
	ofRun(p.s.Data, r)
	p.showRun(r)
}

// showRun has everybody show a run.
func (p *Projects) showRun(r *Run) {
	s := p.s
	s.Status, r.First = r.Session.Status(), r.Recipe
	s.Said.Emit(Message{})
	if w := r.Session.Warnings(); len(w) > 0 {
		s.Warn(filepath.Base(r.Session.Path()) + ": " + strings.Join(w, "; "))
	}
	s.RunChanged.Emit(None{})
	s.Refresh()
	s.Forecast.Measure()
	s.Data.readLabels()
}

// New is Begin with the default preset.
func (p *Projects) New(then func()) { p.Begin(firstPlan(), then) }

// Begin puts the run aside and starts over with a plan; then, which may be nil, is called once that
// is done, while its data may still be read. The file of the run stays where it is.
func (p *Projects) Begin(plan *recipe.Recipe, then func()) {
	s := p.s
	if s.Work.After(func() { p.Begin(plan, then) }) {
		return
	}
	old := s.Run
	s.Work.RunFirm("Closing the project", func(context.Context, func(done, total int)) error {
		if old == nil {
			return nil
		}
		return old.Close()
	}, func(err error) {
		if err != nil {
			s.Failed.Emit(err)
			return
		}
		if old != nil {
			old.cancel()
		}
		s.Remembered.Emit(None{})
		s.setRun(nil)
		s.Status = session.Status{}
		s.Memory.SetLast("")
		s.Plan.reset(plan)
		s.Said.Emit(Message{})
		s.RunChanged.Emit(None{})
		s.Data.sync()
		s.Refresh()
		if then != nil {
			then()
		}
	})
}
