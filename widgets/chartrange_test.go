package widgets

import (
	"math"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// seriesOf returns a line of n points at 0, 1, 2, ….
func seriesOf(n int, y func(i int) float64) Series {
	s := Series{Name: "D"}
	for i := range n {
		s.X, s.Y = append(s.X, float64(i)), append(s.Y, y(i))
	}
	return s
}

// TestChartRange gives charts values of many kinds: few that lie far from the others do not stretch
// the axis, and whatever else there is to see stays in sight.
func TestChartRange(t *testing.T) {
	wave := func(i int) float64 { return 1 + 0.3*math.Sin(float64(i)) }
	spike := func(at int, v float64) func(i int) float64 {
		return func(i int) float64 {
			if i == at {
				return v
			}
			return wave(i)
		}
	}
	for _, c := range []struct {
		name   string
		y      func(i int) float64
		n      int
		log    bool
		whole  bool // nothing is beyond the axis
		lo, hi float64
	}{
		{"a wave", wave, 2000, false, true, 0.6, 1.4},
		{"a spike up", spike(700, 60), 2000, false, false, 0.6, 1.4},
		{"a spike down", spike(700, -60), 2000, false, false, 0.6, 1.4},
		{"a small spike", spike(700, 2), 2000, false, true, 0.6, 2.2},
		{"a spike, logarithmic", spike(700, 1e6), 2000, true, false, 0.6, 1.5},
		{"a spike among few", spike(5, 60), 10, false, true, -3, 64},
		{"a fall from the start", func(i int) float64 { return 5 * math.Exp(-float64(i)/200) }, 2000, false, true, -0.3, 5.3},
		{"a step up for good", func(i int) float64 { return wave(i) + 50*math.Floor(float64(i)/1800) }, 2000, false, true, -3, 55},
		{"constant but for one", func(i int) float64 { return math.Floor(float64(i) / 1999) }, 2000, false, true, -0.1, 1.1},
		{"noise", func(i int) float64 { return losses(2000)[0].Y[i] }, 300, false, true, 0.5, 1.5},
	} {
		content := chartContent{series: []Series{seriesOf(c.n, c.y)}, logY: c.log}
		a, ok := axesOf(content)
		if !ok || a.yMin < c.lo || a.yMax > c.hi {
			t.Errorf("%s: from %g to %g, want within %g to %g", c.name, a.yMin, a.yMax, c.lo, c.hi)
		}
		marks := beyondMarks(content, a, content.keep(), 300)
		if len(marks) == 0 != c.whole {
			t.Errorf("%s: marks %v", c.name, marks)
		}
	}
}

// TestChartMarksWhatIsBeyond looks for the marks of spikes on the picture, and for their values
// under the mouse.
func TestChartMarksWhatIsBeyond(t *testing.T) {
	test.NewTempApp(t)
	s := seriesOf(3000, func(i int) float64 {
		switch i {
		case 1000:
			return 60
		case 1001:
			return 70
		case 2000:
			return -80
		}
		return math.Sin(float64(i))
	})
	style := currentStyle(NewChart("", "", ""))
	p := drawChart(chartContent{series: []Series{s}, xLabel: "step"}, view{w: 400, h: 200, scale: 1, style: style})
	if want := []beyondMark{{above: true, x: 1001, y: 70}, {x: 2000, y: -80}}; !slices.Equal(p.beyond, want) {
		t.Fatalf("marks %v, want %v", p.beyond, want)
	}
	line, _ := style.line([]Series{s}, 0)
	at := func(x float64) float32 { return p.left + float32(x/2999)*(p.right-p.left) }
	for _, m := range p.beyond {
		y := p.top + 3
		if !m.above {
			y = p.bottom - 5
		}
		if got := p.image.At(int(at(m.x)), int(y)); !sameColor(got, line) {
			t.Errorf("mark of %g: %v on the screen, want %v", m.y, got, line)
		}
	}
	texts, _ := p.valuesAt(fyne.NewPos(at(1005), (p.top+p.bottom)/2))
	if !slices.Contains(texts, "D  70.0 at 1,001") {
		t.Errorf("beside the spike: %q", texts)
	}
	texts, _ = p.valuesAt(fyne.NewPos(at(1500), (p.top+p.bottom)/2))
	if len(texts) != 2 {
		t.Errorf("far from the spikes: %q", texts)
	}
}

// TestChartAxesHaveTwoLabels draws charts of many extents and sizes: each axis has at least two
// labels, no two of them the same, and labels of steps are whole.
func TestChartAxesHaveTwoLabels(t *testing.T) {
	for _, n := range []int{1, 2, 3, 5, 6, 7, 11, 13, 26, 99, 501, 14_001} {
		for _, first := range []float64{0, 1, 5, 4999} {
			for _, v := range []float64{0, 0.5, -0.5, 1, 8, 0.07, 1e-7, 60, 12_345} {
				for _, by := range []float64{0, 1e-3, 0.3, 1, 40} {
					s := seriesOf(n, func(i int) float64 { return v + by*float64(i)/float64(n) })
					for i := range s.X {
						s.X[i] += first
					}
					for _, log := range []bool{false, true} {
						a, ok := axesOf(chartContent{series: []Series{s}, logY: log})
						if !ok {
							continue
						}
						for _, size := range []float64{60, 110, 240, 700} {
							x, y := tickLabels(a, log, size, size/2)
							if len(x) < 2 || len(y) < 2 {
								t.Fatalf("%d steps from %g, values from %g by %g, log %v, size %g: labels %q and %q", n, first, v, by, log, size, x, y)
							}
						}
					}
				}
			}
		}
	}
}

// tickLabels returns the different labels that a chart with room for the data has on its axes.
func tickLabels(a chartAxes, log bool, w, h float64) (x, y []string) {
	xTicks, yTicks := ticksOf(a, log, w, h)
	for _, tick := range xTicks {
		if tick.Value == math.Trunc(tick.Value) {
			x = append(x, tick.Label)
		}
	}
	for _, tick := range yTicks {
		y = append(y, tick.Label)
	}
	return slices.Compact(x), slices.Compact(y)
}

// TestChartLevels: a level is a dotted line at its height, and is not there where the axis does not
// reach.
func TestChartLevels(t *testing.T) {
	test.NewTempApp(t)
	v := view{w: 400, h: 200, scale: 1, style: currentStyle(NewChart("", "", ""))}
	content := chartContent{series: []Series{{Name: "a", X: []float64{0, 10}, Y: []float64{0, 1}}}}
	without := drawChart(content, v)
	rowsWith := func(levels ...Level) (rows map[int]int) {
		content.levels = levels
		with := drawChart(content, v)
		rows = make(map[int]int)
		for y := range 200 {
			for x := range 400 {
				if with.image.At(x, y) != without.image.At(x, y) {
					rows[y]++
				}
			}
		}
		return rows
	}
	axes := without.axes
	want := int(without.bottom - (without.bottom-without.top)*float32((0.5-axes.yMin)/(axes.yMax-axes.yMin)))
	if rows := rowsWith(Level{Y: 0.5}); max(rows[want-1], rows[want], rows[want+1]) < 50 {
		t.Errorf("rows that show a level at half: %v, want one around %d", rows, want)
	}
	if rows := rowsWith(Level{Y: 7, Text: "out of sight"}); len(rows) > 0 {
		t.Errorf("rows that show a level above the axis: %v", rows)
	}
}
