package cli

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"

	"ganvas/app/words"
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
	if err := writeFile(pictures, c.Force, func(w io.Writer) error {
		return gallery.Write(w, s.Generator(true), gallery.Options{Rows: 10, Columns: 10, Seed: 1, Scale: 3, Spacing: 1})
	}); err != nil {
		return err
	}
	if err := writeFile(losses, c.Force, func(w io.Writer) error { return writeLosses(w, r.Name, s.History()) }); err != nil {
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

var (
	colorD = color.NRGBA{R: 0x1f, G: 0x6f, B: 0xb5, A: 0xff} // blue and orange are told apart by everybody
	colorG = color.NRGBA{R: 0xd9, G: 0x6b, B: 0x00, A: 0xff}
)

// writeLosses plots both losses over the steps as PNG: the mean of each bucket of the history on
// the band of its extremes.
func writeLosses(w io.Writer, name string, h session.History) error {
	p := plot.New()
	p.Title.Text = name + ": losses of both players"
	p.X.Label.Text, p.Y.Label.Text = "step", "loss"
	p.Legend.Top, p.Legend.XOffs, p.Legend.YOffs = true, vg.Points(-10), vg.Points(-6)
	p.Add(plotter.NewGrid())
	for _, curve := range []struct {
		column, label string
		color         color.NRGBA
		dashes        []vg.Length
	}{
		{"loss_d", "discriminator", colorD, nil},
		{"loss_g", "generator", colorG, []vg.Length{vg.Points(5), vg.Points(2)}},
	} {
		for i, column := range h.Columns {
			if column != curve.column {
				continue
			}
			band, middle := bandOf(thin(h.Step, h.Min[i], h.Max[i], 400))
			if len(middle) == 0 {
				continue
			}
			area, err := plotter.NewPolygon(band)
			if err != nil {
				return err
			}
			area.Color, area.LineStyle.Width = fade(curve.color), 0
			line, err := plotter.NewLine(middle)
			if err != nil {
				return err
			}
			line.LineStyle = plotter.DefaultLineStyle
			line.Color, line.Width, line.Dashes = curve.color, vg.Points(1.5), curve.dashes
			p.Add(area, line)
			p.Legend.Add(curve.label, line)
		}
	}
	c, err := p.WriterTo(vg.Points(720), vg.Points(400), "png")
	if err != nil {
		return err
	}
	_, err = c.WriteTo(w)
	return err
}

func fade(c color.NRGBA) color.NRGBA {
	c.A = 0x38
	return c
}

// thin joins neighbouring buckets until at most n are left.
func thin(step, low, high []float64, n int) (s, lo, hi []float64) {
	width := (len(step) + n - 1) / n
	for i := range step {
		if math.IsNaN(low[i]) || math.IsInf(low[i], 0) || math.IsInf(high[i], 0) {
			continue
		}
		if last := len(s) - 1; width > 1 && last >= 0 && i%width != 0 {
			lo[last], hi[last] = min(lo[last], low[i]), max(hi[last], high[i])
			continue
		}
		s, lo, hi = append(s, step[i]), append(lo, low[i]), append(hi, high[i])
	}
	return s, lo, hi
}

// bandOf returns the outline of the area between low and high, and the line in its middle.
func bandOf(step, low, high []float64) (band, middle plotter.XYs) {
	for i := range step {
		band = append(band, plotter.XY{X: step[i], Y: high[i]})
		middle = append(middle, plotter.XY{X: step[i], Y: (low[i] + high[i]) / 2})
	}
	for i := len(step) - 1; i >= 0; i-- {
		band = append(band, plotter.XY{X: step[i], Y: low[i]})
	}
	return band, middle
}
