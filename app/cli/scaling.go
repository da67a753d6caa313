package cli

import (
	"context"
	"fmt"
	"image/color"
	"io"
	"math"
	"strconv"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"ganvas/engine/bench"
)

// runScaling measures how the time of a step grows with batches and pictures, prints it, and plots
// it.
func (c benchCmd) runScaling(ctx context.Context, env *Env) error {
	if len(c.Names) > 0 {
		return usageError{fmt.Errorf("bench --scaling %s: it measures networks of its own: leave the name out", c.Names[0])}
	}
	if err := refuseToReplace(c.Out, c.Force); err != nil {
		return err
	}
	if c.sweep.Batches == nil {
		c.sweep = bench.FullSweep
	}
	if !c.JSON {
		fmt.Fprintf(env.Stdout, "%6s %6s %12s %12s  %s\n", "PIXELS", "BATCH", "MS/STEP", "MS/ITEM", "GMAC/S FORWARD")
	}
	total := len(c.sweep.BatchPixels)*len(c.sweep.Batches) + len(c.sweep.Pictures)
	done := int64(0)
	p := startProgress(env, "bench scaling", "point", 0, int64(total), nil)
	s, err := bench.MeasureScaling(ctx, c.sweep, c.time(2*time.Second), func(x bench.Point) {
		done++
		p.set(done, int64(total), 0, "")
		if !c.JSON {
			p.clear(func() { printPoint(env, x) })
		}
	})
	p.finish()
	if err != nil {
		return err
	}
	if c.JSON {
		printLine(env, s)
	} else {
		printCliffs(env, s)
	}
	return writeFile(c.Out, c.Force, func(w io.Writer) error { return plotScaling(w, s) })
}

func printPoint(env *Env, x bench.Point) {
	if x.LeftOut != "" {
		fmt.Fprintf(env.Stdout, "%6d %6d %12s %12s  %s\n", x.Pixels, x.Batch, "–", "–", "left out: "+x.LeftOut)
		return
	}
	fmt.Fprintf(env.Stdout, "%6d %6d %12.2f %12.4f  %.2f\n", x.Pixels, x.Batch, x.MS, x.ItemMS, x.MACs/x.ItemMS/1e6)
}

// printCliffs names the points whose work is dearer than next to them.
func printCliffs(env *Env, s bench.Scaling) {
	found := false
	for _, points := range append(s.Batches, s.Pictures) {
		for _, x := range points {
			if x.Cliff != "" {
				fmt.Fprintf(env.Stdout, "cliff: %d pixels, batch %d: by its work %s\n", x.Pixels, x.Batch, x.Cliff)
				found = true
			}
		}
	}
	if !found {
		fmt.Fprintln(env.Stdout, "no cliff: by its work no point is 1.3 times as dear as a neighbour")
	}
}

// Colours that everybody tells apart (Okabe and Ito 2008), and marks for those who do not.
var curveColors = []color.NRGBA{{0x00, 0x72, 0xb2, 0xff}, {0xd5, 0x5e, 0x00, 0xff}, {0x00, 0x9e, 0x73, 0xff}, {0x56, 0x3c, 0x8e, 0xff}}

var curveMarks = []draw.GlyphDrawer{draw.CircleGlyph{}, draw.SquareGlyph{}, draw.TriangleGlyph{}, draw.PyramidGlyph{}}

// plotScaling draws both sweeps side by side as PNG, on logarithmic axes: what grows in proportion
// is a straight line.
func plotScaling(w io.Writer, s bench.Scaling) error {
	left := newScalingPlot("growing batches", "items a batch")
	for i, points := range s.Batches {
		if len(points) == 0 {
			continue
		}
		label := fmt.Sprintf("%d×%[1]d pixels", points[0].Pixels)
		if err := addSweep(left, points, i, label, func(p bench.Point) float64 { return float64(p.Batch) }); err != nil {
			return err
		}
	}
	right := newScalingPlot(fmt.Sprintf("growing pictures, %d a batch", bench.PictureBatch), "pixels a side")
	if err := addSweep(right, s.Pictures, 0, "measured", func(p bench.Point) float64 { return float64(p.Pixels) }); err != nil {
		return err
	}
	for _, p := range []*plot.Plot{left, right} {
		widen(&p.X)
		widen(&p.Y)
		p.Y.Max *= 4 // for the legend
	}
	return writeSideBySide(w, left, right)
}

// widen gives a logarithmic axis room where there are less than two values.
func widen(a *plot.Axis) {
	switch {
	case math.IsInf(a.Min, 0):
		a.Min, a.Max = 1, 10
	case a.Min == a.Max:
		a.Min, a.Max = a.Min/2, a.Max*2
	}
}

func newScalingPlot(title, x string) *plot.Plot {
	p := plot.New()
	p.Title.Text = "Time of a step: " + title
	p.X.Label.Text, p.Y.Label.Text = x, "seconds a step"
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker, p.Y.Tick.Marker = doublings{}, plot.LogTicks{Prec: -1}
	p.Legend.Top, p.Legend.Left, p.Legend.XOffs, p.Legend.YOffs = true, true, vg.Points(8), vg.Points(-6)
	p.Legend.Padding = vg.Points(2)
	p.Add(plotter.NewGrid())
	return p
}

// doublings marks 16, 32, 64 and so on.
type doublings struct{}

// Ticks implements plot.Ticker.
func (doublings) Ticks(lo, hi float64) []plot.Tick {
	var ticks []plot.Tick
	for v := math.Exp2(math.Ceil(math.Log2(lo) - 1e-9)); v <= hi*(1+1e-9); v *= 2 {
		ticks = append(ticks, plot.Tick{Value: v, Label: strconv.FormatFloat(v, 'f', -1, 64)})
	}
	return ticks
}

// addSweep adds the points of a sweep as curve number i, what they would be if time grew with the
// work as a dashed line through the cheapest, and rings around cliffs.
func addSweep(p *plot.Plot, points []bench.Point, i int, label string, x func(bench.Point) float64) error {
	var measured, ideal, cliffs plotter.XYs
	cheapest := math.Inf(1) // seconds for one multiply-add
	for _, q := range points {
		if q.LeftOut == "" {
			cheapest = min(cheapest, q.ItemMS/1000/q.MACs)
		}
	}
	for _, q := range points {
		if q.LeftOut != "" {
			continue
		}
		at := plotter.XY{X: x(q), Y: q.MS / 1000}
		measured = append(measured, at)
		ideal = append(ideal, plotter.XY{X: at.X, Y: cheapest * q.MACs * float64(q.Batch)})
		if q.Cliff != "" {
			cliffs = append(cliffs, at)
		}
	}
	if len(measured) == 0 {
		return nil
	}
	line, marks, err := plotter.NewLinePoints(measured)
	if err != nil {
		return err
	}
	line.Color, line.Width = curveColors[i%len(curveColors)], vg.Points(1.5)
	marks.Color, marks.Shape, marks.Radius = line.Color, curveMarks[i%len(curveMarks)], vg.Points(3)
	straight, err := plotter.NewLine(ideal)
	if err != nil {
		return err
	}
	straight.Color, straight.Dashes = color.Gray{0x80}, []vg.Length{vg.Points(4), vg.Points(3)}
	p.Add(straight, line, marks)
	p.Legend.Add(label, line, marks)
	if i == 0 {
		p.Legend.Add("in proportion to the arithmetic", straight)
	}
	if len(cliffs) > 0 {
		rings, err := plotter.NewScatter(cliffs)
		if err != nil {
			return err
		}
		rings.Shape, rings.Radius, rings.Color = draw.RingGlyph{}, vg.Points(8), color.NRGBA{R: 0xc0, A: 0xff}
		p.Add(rings)
		p.Legend.Add("cliff: "+label, rings)
	}
	return nil
}

// writeSideBySide draws two plots with axes in line as PNG.
func writeSideBySide(w io.Writer, left, right *plot.Plot) error {
	c := vgimg.NewWith(vgimg.UseWH(vg.Points(960), vg.Points(400)), vgimg.UseDPI(96), vgimg.UseBackgroundColor(color.White))
	tiles := draw.Tiles{Rows: 1, Cols: 2, PadX: vg.Points(16), PadTop: vg.Points(6), PadBottom: vg.Points(6), PadLeft: vg.Points(6), PadRight: vg.Points(12)}
	plots := [][]*plot.Plot{{left, right}}
	for i, area := range plot.Align(plots, tiles, draw.New(c))[0] {
		plots[0][i].Draw(area)
	}
	_, err := vgimg.PngCanvas{Canvas: c}.WriteTo(w)
	return err
}
