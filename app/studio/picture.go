package studio

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"

	"ganvas/app/words"
	"ganvas/engine/provenance"
)

// Pictures open pictures that say how they were made.
type Pictures struct{ s *Studio }

// A MadePicture is a picture that says how it was made.
type MadePicture struct {
	Path   string
	Record *provenance.Record
}

// Name is the name of its file.
func (m MadePicture) Name() string { return filepath.Base(m.Path) }

// A Visit is where a picture was made: a latent, with all that its item depends on.
type Visit struct {
	Picture  string // its name
	Z        []float32
	Seed     string // that Z is the first latent of; "": none
	Class    int    // −1: there is none to choose
	Part     int    // which of several generators; −1: there is one
	Averaged bool   // whether it is of the averaged generator
}

// Open goes back to where a picture was made, if it says that; where its project is not
// known, a person is asked. Of a file that does not say how it was made otherwise is called.
func (p *Pictures) Open(path string, otherwise func()) {
	s := p.s
	if s.Work.After(func() { p.Open(path, otherwise) }) {
		return
	}
	var r *provenance.Record
	var beside []string
	s.Jobs.Start(func(context.Context) (err error) {
		if provenance.IsPNG(path) {
			r, err = provenance.ReadFile(path)
		}
		if r != nil {
			beside = projectsBeside(path)
		}
		return err
	}, func(err error) {
		switch m := (MadePicture{path, r}); {
		case err != nil:
			p.notOpened()
			s.Failed.Emit(err)
		case r == nil:
			otherwise()
		default:
			p.seek(m, p.known(beside), func() {
				p.notOpened()
				s.Asked.Emit(WantsProject{m})
			})
		}
	})
}

// notOpened reads the data of the plan where nothing else is there.
func (p *Pictures) notOpened() {
	if p.s.Run == nil {
		p.s.Data.sync()
		p.s.Refresh()
	}
}

// OpenIn is Open of a picture whose project a person has named.
func (p *Pictures) OpenIn(m MadePicture, project string) {
	p.seek(m, []string{project}, func() {
		p.s.Failed.Emit(fmt.Errorf("open %s: %s is not the project that made it: its runs are others", m.Name(), filepath.Base(project)))
	})
}

// seek looks for the project of a picture and goes to where the picture was made; missing is called
// where none of paths is that project.
func (p *Pictures) seek(m MadePicture, paths []string, missing func()) {
	s := p.s
	if s.Work.After(func() { p.seek(m, paths, missing) }) {
		return
	}
	var found origin
	open := s.Run
	s.Work.Run("Looking for the project of "+m.Name(), func(ctx context.Context, report func(done, total int)) error {
		for _, e := range s.Examples {
			if slices.Contains(paths, e.path(s.Home)) {
				// Where the example cannot lie, it has made nothing that can be gone back to.
				_, _ = e.Lay(s.Home)
			}
		}
		found = originOf(ctx, m.Record, open, paths, report)
		return ctx.Err()
	}, func(err error) {
		switch {
		case err != nil:
			p.notOpened()
			s.FailUnlessCancelled(err)
		case found.path == "":
			missing()
		default:
			p.stand(m, 0, found.path)
		}
	})
}

// stand goes to item i of a picture, in the project at path.
func (p *Pictures) stand(m MadePicture, i int, path string) {
	s := p.s
	run, _ := m.Record.RunOf(i)
	if r := s.Run; r != nil && r.Session.Path() == path && r.Session.RunID() == run {
		p.visit(m, i)
		return
	}
	o := Opening{Path: path, Run: run, Then: func() { p.visit(m, i) }}
	if e, is := s.Projects.ExampleAt(path); is {
		s.Projects.openExample(e, o, nil)
		return
	}
	s.Projects.Open(o)
}

// visit goes to item i of a picture in the run that is open, and says what is there.
func (p *Pictures) visit(m MadePicture, i int) {
	s, r := p.s, p.s.Run
	if r == nil {
		return
	}
	r.Command(func() {
		v, b, err := goTo(r.Session, m, i)
		s.Do(func() {
			switch {
			case s.Run != r:
			case err != nil:
				r.Fail(err)
			default:
				s.Visited.Emit(v)
				p.sayWhere(m, i, b)
			}
		})
	})
}

// sayWhere says what is shown of item i of a picture, and offers what can follow.
func (p *Pictures) sayWhere(m MadePicture, i int, b back) {
	s, r := p.s, p.s.Run
	n := m.Record.Len()
	_, step := m.Record.RunOf(i)
	text := m.Name() + " was made at step " + words.Thousands(step) + ": here it is."
	if n > 1 {
		text = fmt.Sprintf("%s has %s. This is the first.", m.Name(), words.Counted(n, "item"))
		if i > 0 {
			text = fmt.Sprintf("%s: item %s of %s.", m.Name(), words.Thousands(i+1), words.Thousands(n))
		}
	}
	var choices []Choice
	if i+1 < n {
		path := r.Session.Path()
		choices = append(choices, Choice{"Next", func() {
			if s.Run == r {
				p.stand(m, i+1, path)
			}
		}})
	}
	if b.went {
		text += " The project stands at that step; what came later stays in it until you train on from there."
		choices = append(choices, Choice{"Newest step", func() {
			r.Command(func() {
				if err := r.Session.GoToNewest(); err != nil {
					s.Do(func() { r.Fail(err) })
				}
			})
		}})
	}
	if b.why != "" {
		s.Warn(text+" "+b.why, choices...)
		return
	}
	s.Inform(text, choices...)
}

// seedOf returns the seed that the latent of item i is the first of, as a text; "": of none.
func seedOf(r *provenance.Record, i int) string {
	if r.Seed == nil || r.First+i > 0 {
		return ""
	}
	return strconv.FormatUint(*r.Seed, 10)
}
