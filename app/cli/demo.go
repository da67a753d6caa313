package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"ganvas/app/words"
	"ganvas/engine/export/charts"
	"ganvas/engine/gallery"
	"ganvas/engine/recipe"
	"ganvas/engine/session"
	"ganvas/engine/wholefile"
)

type demoCmd struct {
	Out    string        `short:"o" default:"." placeholder:"DIR" help:"Folder for gallery.png and loss.png (default: this one)."`
	Preset string        `hidden:"" default:"${demo_preset}"`
	Time   time.Duration `hidden:"" default:"${demo_time}"`
	Force  bool          `help:"Replace the two files if they exist."`
}

// Run trains for a while, as a first look at what the program does, and leaves two pictures.
func (c demoCmd) Run(ctx context.Context, env *Env) (err error) {
	pictures, losses := filepath.Join(c.Out, "gallery.png"), filepath.Join(c.Out, "loss.png")
	for _, path := range []string{pictures, losses} {
		if err := refuseToReplace(path, c.Force); err != nil {
			return err
		}
	}
	made, err := makeFolder(c.Out)
	if err != nil {
		return err
	}
	defer func() {
		if err != nil && made {
			os.Remove(c.Out) // stays if it holds a picture
		}
	}()
	r, err := recipe.Named(c.Preset)
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "ganvas-demo-")
	if err != nil {
		return wholefile.Failed(os.TempDir(), err)
	}
	defer os.RemoveAll(folder)
	s, err := session.Create(ctx, r, nil, filepath.Join(folder, "demo.ganvas"), session.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := c.train(ctx, env, s, r); err != nil {
		return err
	}
	from, err := s.Provenance(env.Version, s.Status().Step, true)
	if err != nil {
		return err
	}
	if err := writeFile(pictures, c.Force, func(w io.Writer) error {
		return gallery.Write(w, s.Generator(true), gallery.Options{Rows: 10, Columns: 10, Seed: 1, Scale: 3, Spacing: 1, From: &from})
	}); err != nil {
		return err
	}
	if err := writeFile(losses, c.Force, func(w io.Writer) error { return writeLosses(w, r, s.History()) }); err != nil {
		os.Remove(pictures)
		return err
	}
	status := s.Status()
	fmt.Fprintf(env.Stdout, "%s: 100 items that a generator made after %s steps\n%s: how both players' losses went\n", pictures, words.Thousands(status.Step), losses)
	if ctx.Err() != nil {
		return &interruptedError{fmt.Sprintf("interrupted at step %s: the pictures show what was learnt until then", words.Thousands(status.Step))}
	}
	return nil
}

// train trains for the time of the demo, until the recipe's steps are done, or until ctx is
// cancelled.
func (c demoCmd) train(ctx context.Context, env *Env, s *session.Session, r *recipe.Recipe) error {
	limited, cancel := context.WithTimeout(ctx, c.Time)
	defer cancel()
	stop := context.AfterFunc(limited, s.Pause)
	defer stop()
	started := time.Now()
	p := startProgress(env, "demo: train "+r.Name, "second", 0, int64(c.Time.Seconds()), func(p *progress) {
		gone := time.Since(started)
		note := "step " + words.Thousands(s.Status().Step)
		p.set(int64(gone.Seconds()), int64(c.Time.Seconds()), max(0, c.Time-gone), note)
	})
	defer p.finish()
	s.Train()
	if limited.Err() != nil {
		s.Pause() // the time was up before training began
	}
	return s.Wait()
}

// writeLosses plots both losses over the steps as PNG: empty axes if there were none.
func writeLosses(w io.Writer, r *recipe.Recipe, h session.History) error {
	c, ok := charts.Find(charts.Of(r, h), "losses")
	if !ok {
		c = charts.Chart{Name: "losses", Title: r.Name, YLabel: "loss"}
	}
	return c.Write(w, "png")
}
