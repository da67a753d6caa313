package widgets

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// marksEvery returns marks of a run of so many steps, all with a picture.
func marksEvery(step, last int64) []TimelineMark {
	var marks []TimelineMark
	for at := int64(0); at <= last; at += step {
		picture := image.NewRGBA(image.Rect(0, 0, 8, 8))
		picture.SetRGBA(1, 1, color.RGBA{0xff, 0, 0, 0xff})
		marks = append(marks, TimelineMark{Step: at, Picture: picture, Full: at%(2*step) == 0})
	}
	return marks
}

// shownTimeline shows a time line of a width, and notes what is looked at: −1 for the newest step.
func shownTimeline(t *testing.T, width float32, s TimelineState) (line *Timeline, looked *[]int64) {
	t.Helper()
	test.NewTempApp(t)
	line, looked = NewTimeline(false), &[]int64{}
	line.OnLook = func(step int64) { *looked = append(*looked, step) }
	line.OnNow = func() { *looked = append(*looked, -1) }
	w := test.NewTempWindow(t, line)
	w.Resize(fyne.NewSize(width, 120))
	line.Set(s)
	return line, looked
}

func last(list []int64) int64 {
	if len(list) == 0 {
		return -9
	}
	return list[len(list)-1]
}

// dragTo drags the bar to where a step lies.
func dragTo(l *Timeline, step int64) {
	e := &fyne.DragEvent{}
	e.Position = fyne.NewPos(l.bar.x(step), 10)
	l.bar.Dragged(e)
}

// TestTimelineDrag: a drag looks at the nearest step that is kept, each once, and behind the last of
// them at the newest step.
func TestTimelineDrag(t *testing.T) {
	l, looked := shownTimeline(t, 1000, TimelineState{Marks: marksEvery(100, 900), Last: 950, At: -1})
	for _, c := range []struct{ to, want int64 }{{610, 600}, {590, 600}, {540, 500}, {0, 0}, {945, -1}} {
		dragTo(l, c.to)
		if got := last(*looked); got != c.want {
			t.Errorf("dragged to step %d it looks at %d, want %d", c.to, got, c.want)
		}
		if now := c.want < 0; l.now.Disabled() != now {
			t.Errorf("at %d Now can be pressed: %t", c.want, !l.now.Disabled())
		}
	}
	if want := 4; len(*looked) != want {
		t.Errorf("asked for %v, want %d steps: the same one not twice", *looked, want)
	}
	l.bar.DragEnd()
	l.bar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(l.bar.x(300), 10)})
	if last(*looked) != 300 {
		t.Errorf("pressed at step 300 it looks at %d", last(*looked))
	}
	test.Tap(l.now)
	if last(*looked) != -1 || !l.now.Disabled() {
		t.Errorf("Now leads to %d", last(*looked))
	}
}

// TestTimelineGrows: the scale of a drag stands still while the run goes on, so that the mark below
// the mouse stays there.
func TestTimelineGrows(t *testing.T) {
	s := TimelineState{Marks: marksEvery(100, 1000), Last: 1000, At: -1}
	l, looked := shownTimeline(t, 1000, s)
	dragTo(l, 500)
	x := l.bar.x(500)
	s.Last, s.At = 2000, 500
	l.Set(s)
	if got := l.bar.x(500); got != x {
		t.Errorf("while dragged step 500 moved from %g to %g", x, got)
	}
	dragTo(l, 1000) // the right end of the scale
	if last(*looked) != -1 {
		t.Errorf("the right end looks at %d, want the newest step", last(*looked))
	}
	l.bar.DragEnd()
	if got := l.bar.x(500); got >= x {
		t.Errorf("after the drag step 500 is at %g still", got)
	}
}

// TestTimelineRunReplaced: where another run takes the place of the one that is dragged, the rest of
// the drag means nothing.
func TestTimelineRunReplaced(t *testing.T) {
	l, looked := shownTimeline(t, 1000, TimelineState{Run: 1, Marks: marksEvery(100, 1000), Last: 1000, At: -1})
	dragTo(l, 500)
	l.Set(TimelineState{Run: 2, Marks: marksEvery(10, 20), Last: 25, At: -1})
	before := len(*looked)
	dragTo(l, 10)
	if len(*looked) != before {
		t.Errorf("the drag of the run before looks at step %d of the other", last(*looked))
	}
	l.bar.DragEnd()
	dragTo(l, 10)
	if last(*looked) != 10 {
		t.Errorf("the next drag looks at %d, want 10", last(*looked))
	}
}

func TestTimelineKeys(t *testing.T) {
	l, looked := shownTimeline(t, 1000, TimelineState{Marks: marksEvery(50, 1000), Last: 1010, At: -1})
	for i, c := range []struct {
		key  fyne.KeyName
		want int64
	}{
		{fyne.KeyLeft, 1000},
		{fyne.KeyLeft, 950},
		{fyne.KeyPageUp, 850},
		{fyne.KeyHome, 0},
		{fyne.KeyLeft, 0}, // there is nothing before it
		{fyne.KeyPageDown, 100},
		{fyne.KeyRight, 150},
		{fyne.KeyEnd, -1},
	} {
		l.bar.TypedKey(&fyne.KeyEvent{Name: c.key})
		if got := last(*looked); got != c.want {
			t.Errorf("%d: %s leads to %d, want %d", i, c.key, got, c.want)
		}
	}
	wheel := &fyne.ScrollEvent{}
	for _, c := range []struct {
		dy   float32
		want int64
	}{{-10, 1000}, {-10, 950}, {10, 1000}, {10, -1}} {
		wheel.Scrolled.DY = c.dy
		l.bar.Scrolled(wheel)
		if got := last(*looked); got != c.want {
			t.Errorf("the wheel by %g leads to %d, want %d", c.dy, got, c.want)
		}
	}
}

// TestTimelineOtherKeys: what the bar has no use for goes to the window, and without marks all of it.
func TestTimelineOtherKeys(t *testing.T) {
	l, _ := shownTimeline(t, 1000, TimelineState{Marks: marksEvery(50, 100), Last: 100, At: -1})
	var passed []fyne.KeyName
	c := fyne.CurrentApp().Driver().CanvasForObject(l)
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { passed = append(passed, e.Name) })
	l.bar.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	l.bar.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	l.Set(TimelineState{At: -1})
	l.bar.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	if len(passed) != 2 || passed[0] != fyne.KeySpace || passed[1] != fyne.KeyHome {
		t.Errorf("to the window go %v, want Space and Home", passed)
	}
}

// TestTimelineMarks: with no marks, one and forty, at two widths, the pictures that show do not cover
// each other, and the numbers below neither.
func TestTimelineMarks(t *testing.T) {
	for _, c := range []struct {
		name   string
		width  float32
		marks  []TimelineMark
		last   int64
		thumbs int // at least
	}{
		{"none", 1000, nil, 0, 0},
		{"the beginning", 1000, marksEvery(1, 0), 0, 1},
		{"one of a long run", 1000, marksEvery(1000, 500), 100_000, 1},
		{"forty", 1000, marksEvery(100, 3900), 4000, 10},
		{"forty, narrow", 500, marksEvery(100, 3900), 4000, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			l, looked := shownTimeline(t, c.width, TimelineState{Marks: c.marks, Last: c.last, At: -1, Empty: "nothing yet"})
			r := test.WidgetRenderer(l.bar).(*timelineRenderer)
			var places []area
			for _, p := range r.thumbs {
				if p.Visible() {
					places = append(places, area{p.Position(), p.Size()})
				}
			}
			if len(places) < c.thumbs {
				t.Errorf("%d pictures show, want %d", len(places), c.thumbs)
			}
			for i, a := range places {
				if a.X < 0 || a.X+a.Width > l.bar.Size().Width {
					t.Errorf("picture %d reaches from %g to %g of %g", i, a.X, a.X+a.Width, l.bar.Size().Width)
				}
				for _, b := range places[:i] {
					if a.X < b.X+b.Width && b.X < a.X+a.Width {
						t.Errorf("pictures at %g and %g cover each other", a.X, b.X)
					}
				}
			}
			if r.empty.Visible() != (len(c.marks) == 0) || r.here.Visible() == r.empty.Visible() {
				t.Errorf("says that there is nothing: %t; a number: %t", r.empty.Visible(), r.here.Visible())
			}
			for _, o := range []*line{r.first, r.last} {
				a, b := o.Position().X, r.here.Position().X
				if o.Visible() && a < b+r.here.Size().Width && b < a+o.Size().Width {
					t.Errorf("%q covers %q", o.text, r.here.text)
				}
			}
			l.bar.Tapped(&fyne.PointEvent{Position: fyne.NewPos(20, 10)})
			if len(c.marks) == 0 && len(*looked) > 0 {
				t.Errorf("without marks looks at %v", *looked)
			}
		})
	}
}

// TestTimelineTip: the tip says the step below the mouse and what is kept of it.
func TestTimelineTip(t *testing.T) {
	marks := marksEvery(100, 300)
	marks[1].Best, marks[2].Branch, marks[2].Text = true, true, "Run 2 branches off here"
	l, _ := shownTimeline(t, 1000, TimelineState{Marks: marks, Last: 1200, At: -1})
	for _, c := range []struct {
		step int64
		want string
	}{
		{100, "Step 100, the best of this run"},
		{200, "Step 200. All of it is kept: a branch begins here at once. Run 2 branches off here"},
		{300, "Step 300"},
		{1200, "Step 1,200: now"},
	} {
		l.bar.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(l.bar.x(c.step), 20)}})
		if got := l.bar.tip.text; got != c.want {
			t.Errorf("at step %d the tip is %q, want %q", c.step, got, c.want)
		}
	}
	l.bar.MouseOut()
}

// TestChartCursor: the cursor shows the values at its step and moves without a new drawing; the
// values of fine lines, and what is not on the screen, are left out.
func TestChartCursor(t *testing.T) {
	test.NewTempApp(t)
	c := NewChart("Losses", "step", "loss")
	defer c.Close()
	content := chartContent{title: "Losses", xLabel: "step", series: []Series{
		{Name: "D", Role: D, X: []float64{0, 10, 20}, Y: []float64{1, 2, 3}},
		{Name: "D, run 1", Role: D, Thin: true, X: []float64{0, 10, 20}, Y: []float64{7, 8, 9}},
	}}
	p := drawChart(content, view{w: 400, h: 200, scale: 1, style: currentStyle(c)})
	for _, x := range []struct {
		at   float64
		want string
	}{{10, "step 10, D  2.00"}, {0, "step 0, D  1.00"}, {21, ""}, {-1, ""}} {
		texts, at := p.valuesOf(x.at)
		if got := strings.Join(texts, ", "); got != x.want {
			t.Errorf("at %g it says %q, want %q", x.at, got, x.want)
		}
		if x.want != "" && (at < p.left || at > p.right) {
			t.Errorf("the cursor of step %g is at %g, the lines from %g to %g", x.at, at, p.left, p.right)
		}
	}
	if texts, _ := p.valuesAt(fyne.NewPos(p.screenX(10), (p.top+p.bottom)/2)); !strings.Contains(strings.Join(texts, ", "), "D, run 1  8.00") {
		t.Errorf("below the mouse it says %q, want the fine line too", texts)
	}
	test.WidgetRenderer(c)
	c.SetCursor(10)
	c.easel.show(p)
	if !c.cursor.line.Visible() || c.cursor.lines[1].text != "D  2.00" {
		t.Errorf("the cursor shows %t", c.cursor.line.Visible())
	}
	c.SetCursor(99)
	if c.cursor.line.Visible() {
		t.Error("a cursor beyond the lines shows")
	}
}
