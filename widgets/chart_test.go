package widgets

import (
	"image"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// losses returns two noisy lines of n points.
func losses(n int) []Series {
	r := rand.New(rand.NewPCG(1, 2))
	x, d, g := make([]float64, n), make([]float64, n), make([]float64, n)
	for i := range n {
		x[i], d[i], g[i] = float64(i), 1+0.1*r.NormFloat64(), 2+0.1*r.NormFloat64()
	}
	return []Series{{Name: "discriminator", X: x, Y: d}, {Name: "generator", X: x, Y: g}}
}

func TestChartDrawsLinesInTheme(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("Losses", "step", "nats")
		w := inWindow(t, c, 400, 240)
		c.Set(losses(300), nil)
		img := settled(w)
		p, ok := c.easel.last()
		if !ok {
			t.Fatal("nothing drawn")
		}
		if got, want := p.image.Rect.Size(), image.Pt(400, 240); got != want {
			t.Errorf("drawn at %v, want %v", got, want)
		}
		style := currentStyle(c)
		if got := p.image.At(399, 0); !sameColor(got, style.background) {
			t.Errorf("background %v, want the theme's %v", got, style.background)
		}
		for i := range 2 {
			line, _ := style.line(losses(1), i)
			if got := count(img, line); got < 100 {
				t.Errorf("line %d: %d pixels of its colour on the screen", i, got)
			}
		}
		c.Close()
	})
}

func TestChartFollowsThemeAndSize(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("", "", "")
		w := inWindow(t, c, 300, 200)
		c.Set(losses(10), nil)
		settled(w)
		fyne.CurrentApp().Settings().SetTheme(test.NewTheme())
		c.Refresh()
		settled(w)
		p, _ := c.easel.last()
		if want := theme.Color(theme.ColorNameBackground); !sameColor(p.image.At(299, 0), want) {
			t.Errorf("background %v after a change of theme, want %v", p.image.At(299, 0), want)
		}
		w.Resize(fyne.NewSize(500, 300))
		settled(w)
		p, _ = c.easel.last()
		if got, want := p.image.Rect.Size(), image.Pt(500, 300); got != want {
			t.Errorf("drawn at %v after resizing, want %v", got, want)
		}
		c.Close()
	})
}

func TestChartMillionPoints(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("Losses", "step", "")
		w := inWindow(t, c, 500, 300)
		s := losses(1_000_000)
		s[0].Y[777_777] = 9 // a spike that no thinning may lose
		c.Set(s, nil)
		settled(w)
		p, _ := c.easel.last()
		if width := int(p.right - p.left); p.points > len(s)*2*width || p.points == 0 {
			t.Errorf("%d points of %d lines reached the plot of %d pixels", p.points, len(s), width)
		}
		if len(p.beyond) != 1 || p.beyond[0].y != 9 || p.beyond[0].x != 777_777 {
			t.Errorf("marks %v, want one for the spike of 9", p.beyond)
		}
		c.Close()
	})
}

func TestChartDrawsAtMostFiveTimesASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("", "", "")
		w := inWindow(t, c, 120, 80)
		pictures := map[*chartPicture]bool{}
		w.Canvas().Capture()
		synctest.Wait()
		s := losses(1000)
		for i := range 200 { // two seconds
			c.Set([]Series{{Name: "a", X: s[0].X[:i+1], Y: s[0].Y[:i+1]}}, nil)
			synctest.Wait()
			w.Canvas().Capture()
			if p, ok := c.easel.last(); ok {
				pictures[p] = true
			}
			time.Sleep(10 * time.Millisecond)
		}
		if got := len(pictures); got > 11 || got < 8 {
			t.Errorf("%d drawings in two seconds, want about 10", got)
		}
		time.Sleep(time.Second)
		settled(w)
		if p, _ := c.easel.last(); len(p.content.series[0].X) != 200 {
			t.Errorf("ends with %d points drawn, want all 200", len(p.content.series[0].X))
		}
		c.Close()
	})
}

func TestChartUnseenIsNotDrawn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("", "", "")
		w := inWindow(t, c, 120, 80)
		settled(w)
		time.Sleep(time.Second)
		w.Canvas().Capture()
		c.Set(losses(10), nil) // drawn, but nobody looks
		time.Sleep(time.Second)
		unseen, _ := c.easel.last()
		for i := range 20 {
			c.Set(losses(11+i), nil)
			time.Sleep(time.Second)
		}
		if p, _ := c.easel.last(); p != unseen {
			t.Error("drawn again though the last picture was never on the screen")
		}
		settled(w)
		if p, _ := c.easel.last(); len(p.content.series[0].X) != 30 {
			t.Errorf("%d points when seen again, want the newest 30", len(p.content.series[0].X))
		}
		c.Close()
	})
}

func TestChartCloseLeavesNoGoroutine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("", "", "")
		w := inWindow(t, c, 120, 80)
		c.Set(losses(10), nil)
		w.Canvas().Capture()
		synctest.Wait() // its goroutine now rests
		if !c.easel.drawer.running {
			t.Fatal("no goroutine to end")
		}
		begin := time.Now()
		c.Close()
		if waited := time.Since(begin); waited != 0 {
			t.Errorf("close took %v", waited)
		}
		if c.easel.drawer.running {
			t.Error("goroutine lives on")
		}
		c.Set(losses(20), nil)
		w.Canvas().Capture()
		if c.easel.drawer.running {
			t.Error("goroutine began again after close")
		}
		// A goroutine that still lived would make synctest fail here.
	})
}

func TestChartEmptyAndExtremes(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, c := range []struct {
		name   string
		series []Series
		log    bool
		drawn  bool
	}{
		{"nothing", nil, false, false},
		{"no points", []Series{{Name: "a", X: nil, Y: nil}}, false, false},
		{"one point", []Series{{Name: "a", X: []float64{3}, Y: []float64{4}}}, false, true},
		{"only gaps", []Series{{Name: "a", X: []float64{1, 2}, Y: []float64{nan, inf}}}, false, false},
		{"constant", []Series{{Name: "a", X: []float64{1, 2}, Y: []float64{0, 0}}}, false, true},
		{"huge", []Series{{Name: "a", X: []float64{1, 2, 3}, Y: []float64{-1e300, 0, 1e300}}}, false, true},
		{"tiny", []Series{{Name: "a", X: []float64{1, 2, 3}, Y: []float64{1e-300, 2e-300, 3e-300}}}, true, true},
		{"nothing positive", []Series{{Name: "a", X: []float64{1, 2}, Y: []float64{0, -1}}}, true, false},
		{"constant, logarithmic", []Series{{Name: "a", X: []float64{1, 2}, Y: []float64{5, 5}}}, true, true},
	} {
		test.NewTempApp(t)
		content := chartContent{title: "T", empty: "none", series: c.series, marks: []Mark{{X: 1.5, Text: "m"}, {X: nan}}, logY: c.log}
		style := currentStyle(NewChart("", "", ""))
		for _, size := range []image.Point{{400, 200}, {160, 110}, {20, 10}, {1, 1}} {
			p := drawChart(content, view{w: size.X, h: size.Y, scale: 1, style: style})
			if got := p.image.Rect.Size(); got != size {
				t.Errorf("%s at %v: picture of %v", c.name, size, got)
			}
			if drawn := p.right > p.left; size.X == 400 && drawn != c.drawn {
				t.Errorf("%s: drawn %v, want %v", c.name, drawn, c.drawn)
			}
		}
	}
}

func TestChartHoverTellsValues(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("Losses", "step", "")
		w := inWindow(t, c, 400, 240)
		x := []float64{0, 1000, 2000}
		c.Set([]Series{{Name: "D", X: x, Y: []float64{1, 2, 3}}, {Name: "G", X: x[:2], Y: []float64{0.5, 0.25}}}, []Mark{{X: 1000, Text: "lr 0.01"}})
		settled(w)
		p, _ := c.easel.last()
		middle := fyne.NewPos((p.left+p.right)/2+4, (p.top+p.bottom)/2)
		c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: middle}})
		var got []string
		for _, l := range c.hover.lines {
			if l.Visible() {
				got = append(got, l.text)
			}
		}
		if want := "step 1,000|D  2.00|G  0.250|lr 0.01"; strings.Join(got, "|") != want {
			t.Errorf("under the mouse %q, want %q", got, want)
		}
		if x := c.hover.line.Position1.X; math.Abs(float64(x-(p.left+p.right)/2)) > 1 {
			t.Errorf("line at %g, want %g", x, (p.left+p.right)/2)
		}
		c.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(p.right, p.top)}})
		if c.hover.lines[2].Visible() {
			t.Error("G has a value at 2000, where it has no point")
		}
		c.MouseOut()
		if c.hover.line.Visible() || c.hover.bubble.Visible() {
			t.Error("still shown after the mouse left")
		}
		c.Close()
	})
}

func TestChartMarks(t *testing.T) {
	test.NewTempApp(t)
	style := currentStyle(NewChart("", "", ""))
	v := view{w: 400, h: 200, scale: 2, style: style}
	content := chartContent{series: losses(100)}
	without := drawChart(content, v).image
	content.marks = []Mark{{X: 50, Text: "lr 0.001"}}
	with := drawChart(content, v)
	x := int(2 * (with.left + (with.right-with.left)*50/99))
	changed := 0
	for y := range 200 {
		for dx := -2; dx <= 2; dx++ {
			if with.image.At(x+dx, y) != without.At(x+dx, y) {
				changed++
				break
			}
		}
	}
	if height := int(2 * (with.bottom - with.top)); changed < height/3 || changed > height {
		t.Errorf("%d of %d rows show the mark: want a dashed line", changed, height)
	}
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

// TestChartTitleTip: the tip is of the title, and the values are of what lies below it.
func TestChartTitleTip(t *testing.T) {
	test.NewTempApp(t)
	c := NewChart("Losses", "step", "")
	c.SetTip("what a loss is")
	c.Resize(fyne.NewSize(300, 150))
	defer c.Close()
	at := func(y float32) *desktop.MouseEvent {
		return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(50, y)}}
	}
	p := &chartPicture{left: 20, right: 290, top: 30, bottom: 120}
	c.easel.drawn.Store(&p)
	c.MouseIn(at(10))
	if resting != &c.tip.tipTimer {
		t.Error("no tip is due above the title")
	}
	c.MouseMoved(at(60))
	if resting != nil {
		t.Error("a tip is still due over the lines")
	}
}

// TestChartLooks: a press on the legend hides a line and shows it again, the wheel looks closer at the
// place below the mouse, dragging moves within the run, and the menu leads back.
func TestChartLooks(t *testing.T) {
	test.NewTempApp(t)
	c := NewChart("Losses", "step", "")
	defer c.Close()
	c.Resize(fyne.NewSize(400, 200))
	c.Set(losses(1000), nil)
	draw := func() *chartPicture {
		p := drawChart(c.easel.current(), view{w: 400, h: 200, scale: 1, style: currentStyle(c)})
		c.easel.drawn.Store(&p)
		return p
	}
	whole := draw()
	if len(whole.legend) != 2 {
		t.Fatalf("the legend has %d names, want 2", len(whole.legend))
	}
	press := func(i int) {
		at := whole.legend[i].area
		c.Tapped(&fyne.PointEvent{Position: at.AddXY(at.Width/2, at.Height/2)})
	}
	press(0)
	if p := draw(); p.points >= whole.points || p.axes.yMin < 1.3 || len(p.legend) != 2 {
		t.Errorf("without the line around 1 there are %d of %d points from %g on, and %d names", p.points, whole.points, p.axes.yMin, len(p.legend))
	}
	press(1)
	if p := draw(); len(p.legend) != 2 || p.right != 0 {
		t.Error("with all lines hidden nothing leads back")
	}
	press(0)
	press(1)
	if p := draw(); p.points != whole.points {
		t.Errorf("shown again there are %d of %d points", p.points, whole.points)
	}

	middle := fyne.NewPos((whole.left+whole.right)/2, (whole.top+whole.bottom)/2)
	wheel := func(dy float32) {
		c.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: middle}, Scrolled: fyne.NewDelta(0, dy)})
	}
	wheel(10)
	near := draw()
	if length := near.axes.xMax - near.axes.xMin; math.Abs(length-0.8*999) > 1 || math.Abs(near.axes.xMin+length/2-499.5) > 5 {
		t.Errorf("one notch leads from 0 … 999 to %g … %g", near.axes.xMin, near.axes.xMax)
	}
	c.Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-(near.right - near.left), 0)})
	if p := draw(); p.axes.xMax != 999 || math.Abs(p.axes.xMax-p.axes.xMin-0.8*999) > 1 {
		t.Errorf("dragged beyond the end it shows %g … %g", p.axes.xMin, p.axes.xMax)
	}
	for range 100 {
		wheel(50)
		draw()
	}
	if p := draw(); p.axes.xMax-p.axes.xMin < zoomLeast {
		t.Errorf("the nearest look is at %g steps", p.axes.xMax-p.axes.xMin)
	}
	c.ViewItems()[1].Action()
	if p := draw(); p.axes.xMin != whole.axes.xMin || p.axes.xMax != whole.axes.xMax {
		t.Error("the menu does not lead back to the whole run")
	}
	wheel(-10)
	if c.easel.current().look.zoomed() {
		t.Error("one can look at more than there is")
	}
	c.ViewItems()[0].Action()
	if !c.easel.current().logY || !c.ViewItems()[0].Checked {
		t.Error("the menu does not choose a logarithmic axis")
	}
}

func TestChartPanicsOnMisuse(t *testing.T) {
	test.NewTempApp(t)
	for name, f := range map[string]func(c *Chart){
		"lengths": func(c *Chart) { c.Set([]Series{{Name: "a", X: []float64{1}, Y: nil}}, nil) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			f(NewChart("", "", ""))
		}()
	}
}

func BenchmarkChart(b *testing.B) {
	test.NewTempApp(b)
	v := view{w: 460, h: 280, scale: 1, style: currentStyle(NewChart("", "", ""))}
	for _, n := range []int{300, 20_000, 1_000_000} {
		content := chartContent{title: "Losses", xLabel: "step", series: losses(n)}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			for b.Loop() {
				drawChart(content, v)
			}
		})
	}
}

// TestChartErrorBands: the band is drawn around the line, belongs to what the axis holds, and is
// told under the mouse.
func TestChartErrorBands(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("", "step", "")
		w := inWindow(t, c, 300, 200)
		x, y := []float64{1, 2, 3, 4}, []float64{5, 5, 5, 5}
		c.Set([]Series{{Name: "a", X: x, Y: y}}, nil)
		without := settled(w)
		c.Set([]Series{{Name: "a", X: x, Y: y, Err: []float64{1, 2, math.NaN(), 1}}}, nil)
		with := settled(w)
		p, ok := c.easel.last()
		if !ok || p.axes.yMin > 3 || p.axes.yMax < 7 {
			t.Fatalf("axes %+v do not hold the band", p.axes)
		}
		changed := 0
		for i := range with.(*image.NRGBA).Pix {
			if with.(*image.NRGBA).Pix[i] != without.(*image.NRGBA).Pix[i] {
				changed++
			}
		}
		if changed < 1000 {
			t.Errorf("a band changes %d values of the picture", changed)
		}
		texts, _ := p.valuesAt(fyne.NewPos(p.left+(p.right-p.left)/3, (p.top+p.bottom)/2))
		if got := strings.Join(texts, "|"); got != "step 2|a  5.00 ± 2.00" {
			t.Errorf("under the mouse %q", got)
		}
		c.Close()
	})
}

// TestChartAxisOfTheFirstStep: one point at step 0 has an axis of whole steps from it on.
func TestChartAxisOfTheFirstStep(t *testing.T) {
	for _, c := range []struct {
		x, y   []float64
		marks  []Mark
		lo, hi float64
	}{
		{[]float64{0}, []float64{1}, nil, 0, 1},
		{[]float64{1}, []float64{1}, nil, 0, 1},
		{[]float64{7}, []float64{1}, nil, 6, 7},
		{[]float64{0, 1, 2}, []float64{1, 2, math.NaN()}, nil, 0, 1}, // who did not move does not stretch the axes
		{[]float64{0, 5}, []float64{1, 2}, []Mark{{X: 6, Text: "at the end"}}, 0, 6},
	} {
		a, ok := axesOf(chartContent{series: []Series{{Name: "G", X: c.x, Y: c.y}}, marks: c.marks})
		if !ok || a.xMin != c.lo || a.xMax != c.hi || a.xLeast != 1 || a.yMin < 0 {
			t.Errorf("x %v, y %v: axes %+v, want x from %g to %g", c.x, c.y, a, c.lo, c.hi)
		}
	}
}

// TestChartTellsOnlyWhatWasMeasured: beside a gap nothing is told of the line that has it.
func TestChartTellsOnlyWhatWasMeasured(t *testing.T) {
	p := &chartPicture{axes: chartAxes{xMin: 0, xMax: 2}, right: 200, bottom: 100}
	p.content.xLabel = "step"
	p.content.series = []Series{{Name: "D", X: []float64{0, 1, 2}, Y: []float64{1, 2, 3}}, {Name: "G", X: []float64{0, 1, 2}, Y: []float64{4, math.NaN(), 6}}}
	texts, _ := p.valuesAt(fyne.NewPos(100, 50))
	if want := []string{"step 1", "D  2.00"}; !slices.Equal(texts, want) {
		t.Errorf("told %q, want %q", texts, want)
	}
}

// TestChartMenu opens the menu with the other mouse button and with the button in the corner, beside
// which the names of the lines stay.
func TestChartMenu(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := NewChart("Losses", "step", "")
		var at []fyne.Position
		c.SetMenu("menu", func(p fyne.Position) { at = append(at, p) })
		w := inWindow(t, c, 400, 240)
		c.Set(losses(300), nil)
		img := settled(w)
		test.TapSecondaryAt(c, fyne.NewPos(200, 100))
		test.Tap(c.more)
		if len(at) != 2 || at[1].X < 400-moreSide-1 || at[1].Y < moreSide {
			t.Errorf("the menu opens at %v", at)
		}
		for i := range 2 {
			line, _ := currentStyle(c).line(losses(1), i)
			for y := range moreSide {
				for x := 400 - moreSide; x < 400; x++ {
					if sameColor(img.At(x, y), line) {
						t.Fatalf("line %d is under the button", i)
					}
				}
			}
		}
		c.Close()
	})
}
