package charts

import (
	"encoding/csv"
	"errors"
	"fmt"
	"image/color"
	"io"
	"slices"
	"strconv"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Formats are the forms in which a chart is written.
func Formats() []string { return []string{"png", "svg", "pdf", "csv"} }

// colours are told apart by everybody; dashes tell curves apart without them.
var (
	colours = []color.NRGBA{{R: 0x1f, G: 0x6f, B: 0xb5, A: 0xff}, {R: 0xd9, G: 0x6b, A: 0xff}, {R: 0x3a, G: 0x8a, B: 0x3a, A: 0xff}}
	dashes  = [][]vg.Length{nil, {vg.Points(5), vg.Points(2)}, {vg.Points(2), vg.Points(2)}}
)

// The size of a chart, of the space around it, and of that for the names of its curves.
const (
	width, height = vg.Length(720), vg.Length(400)
	margin        = vg.Length(8)
	aside         = vg.Length(150)
)

// mostBuckets is how many points a curve is drawn through.
const mostBuckets = 400

// Write writes the chart in one of the formats.
func (c Chart) Write(w io.Writer, format string) error {
	if !slices.Contains(Formats(), format) {
		return fmt.Errorf("draw %s: %q is no format of charts: choose png, svg, pdf or csv", c.Name, format)
	}
	if format == "csv" {
		return c.csv(w)
	}
	p, legend := plot.New(), plot.NewLegend()
	p.Title.Text = c.Title
	p.X.Label.Text, p.Y.Label.Text = "step", c.YLabel
	p.Add(plotter.NewGrid())
	legend.Top, legend.Left, legend.Padding = true, true, vg.Points(3)
	for i, curve := range c.Curves {
		if err := addCurve(p, &legend, i, curve); err != nil {
			return fmt.Errorf("draw %s: %w", c.Name, err)
		}
	}
	canvas, err := draw.NewFormattedCanvas(width, height, format)
	if err != nil {
		return fmt.Errorf("draw %s: %w", c.Name, err)
	}
	whole := draw.New(canvas)
	whole.SetColor(color.White)
	whole.Fill(whole.Rectangle.Path())
	p.Draw(draw.Crop(whole, margin, -aside, margin, -margin))
	legend.Draw(draw.Crop(whole, width-aside+margin, -margin, 0, -3*margin)) // beside the curves, not over them
	_, err = canvas.WriteTo(w)
	return err
}

// addCurve adds the mean of each bucket on the band of its extremes.
func addCurve(p *plot.Plot, legend *plot.Legend, i int, c Curve) error {
	band, middle := bandOf(c.thin(mostBuckets))
	area, err := plotter.NewPolygon(band)
	if err != nil {
		return err
	}
	line, err := plotter.NewLine(middle)
	if err != nil {
		return err
	}
	colour := colours[i%len(colours)]
	line.Color, line.Width, line.Dashes = colour, vg.Points(1.5), dashes[i%len(dashes)]
	colour.A = 0x38
	area.Color, area.LineStyle.Width = colour, 0
	p.Add(area, line)
	legend.Add(c.Name, line)
	return nil
}

// thin joins neighbouring buckets until at most n are left.
func (c Curve) thin(n int) Curve {
	bucket := (len(c.Step) + n - 1) / n
	t := Curve{Name: c.Name}
	for i := range c.Step {
		if last := len(t.Step) - 1; i%bucket != 0 {
			t.Low[last], t.High[last] = min(t.Low[last], c.Low[i]), max(t.High[last], c.High[i])
			continue
		}
		t.Step, t.Low, t.High = append(t.Step, c.Step[i]), append(t.Low, c.Low[i]), append(t.High, c.High[i])
	}
	return t
}

// bandOf returns the outline of the area between low and high, and the line in its middle.
func bandOf(c Curve) (band, middle plotter.XYs) {
	for i, step := range c.Step {
		band = append(band, plotter.XY{X: step, Y: c.High[i]})
		middle = append(middle, plotter.XY{X: step, Y: (c.Low[i] + c.High[i]) / 2})
	}
	for i := len(c.Step) - 1; i >= 0; i-- {
		band = append(band, plotter.XY{X: c.Step[i], Y: c.Low[i]})
	}
	return band, middle
}

// csv writes a line for each curve and step.
func (c Chart) csv(w io.Writer) error {
	out := csv.NewWriter(w)
	err := out.Write([]string{"curve", "step", "least", "most"})
	for _, curve := range c.Curves {
		for i, step := range curve.Step {
			number := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 32) }
			err = errors.Join(err, out.Write([]string{curve.Name, strconv.FormatFloat(step, 'f', -1, 64), number(curve.Low[i]), number(curve.High[i])}))
		}
	}
	out.Flush()
	return errors.Join(err, out.Error())
}
