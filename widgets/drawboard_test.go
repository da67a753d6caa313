package widgets

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

func TestDrawBoard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := NewDrawBoard(rand.New(rand.NewPCG(1, 2)))
		strokes := 0
		b.OnDrawn = func() { strokes++ }
		w := inWindow(t, b, 300, 200) // the square is 200 wide, from 50 on
		at := func(x, y float32) *desktop.MouseEvent {
			return &desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary}
		}
		b.Class = 2
		b.MouseDown(at(100, 100))
		b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 100)}})
		b.MouseUp(at(200, 100))
		b.DragEnd()
		// From −0.5 to 0.5 in steps of 0.02, the first point included.
		if n := len(b.Points()); n < 50 || n > 51 || strokes != 1 {
			t.Fatalf("%d points in %d strokes, want 50 or 51 in one", n, strokes)
		}
		for _, p := range b.Points() {
			if math.Abs(float64(p.Y)) > 0.2 || p.X < -0.7 || p.X > 0.7 || p.Class != 2 {
				t.Errorf("a point at %v", p)
			}
		}
		before := b.Points()
		b.Tool, b.Reach = Eraser, 0.2
		b.MouseDown(at(200, 100))
		b.MouseUp(at(200, 100))
		for _, p := range b.Points() {
			if math.Hypot(float64(p.X-0.5), float64(p.Y)) <= 0.2 {
				t.Errorf("%v was not erased", p)
			}
		}
		if strokes != 2 || len(b.Points()) >= 50 || len(before) < 50 {
			t.Errorf("%d strokes, %d points left of %d", strokes, len(b.Points()), len(before))
		}
		b.MouseDown(at(60, 10)) // nothing there
		b.MouseUp(at(60, 10))
		if strokes != 2 {
			t.Error("erasing nothing is a stroke")
		}
		b.Tool, b.Most = Spray, len(b.Points())+4
		b.MouseDown(at(150, 20))
		b.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(160, 20)}})
		b.DragEnd()
		if got := len(b.Points()); got != b.Most {
			t.Errorf("%d points, want the most, %d", got, b.Most)
		}
		b.SetPoints([]BoardPoint{{0, 0, 0}})
		img := settled(w)
		if got, want := img.At(150, 100), currentStyle(b).classColor(0); !sameColor(got, want) {
			t.Errorf("the middle is %v, want the colour of class 1, %v", got, want)
		}
		b.Close()
	})
}

func TestDrawBoardKeyboard(t *testing.T) {
	b := NewDrawBoard(rand.New(rand.NewPCG(1, 2)))
	drawn := 0
	b.OnDrawn = func() { drawn++ }
	w := inWindow(t, b, 200, 200)
	w.Canvas().Focus(b)
	for range 10 {
		b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	if p := b.Points(); drawn != 1 || len(p) != 1 || math.Abs(float64(p[0].X)-0.5) > 0.2 {
		t.Errorf("%d strokes, points %v, want one near 0.5, 0", drawn, p)
	}
	b.Close()
}

func TestClassPicker(t *testing.T) {
	p := NewClassPicker()
	chosen := -1
	p.OnChosen = func(class int) { chosen = class }
	inWindow(t, p, 300, 40)
	test.Tap(p.cells[3])
	if chosen != 3 || !p.cells[3].chosen || p.cells[0].chosen {
		t.Errorf("class %d is chosen, want 3 alone", chosen)
	}
}

func TestCropView(t *testing.T) {
	c := NewCropView()
	var dx, dy float32
	ended := 0
	c.OnMove = func(x, y float32) { dx, dy = dx+x, dy+y }
	c.OnMoveEnd = func() { ended++ }
	w := inWindow(t, c, 200, 100)
	test.Drag(w.Canvas(), fyne.NewPos(100, 50), 20, 0)
	c.SetPicture(plain(40, 20, color.NRGBA{R: 0xff, A: 0xff}))
	c.SetPart(0.25, 0, 0.75, 1, false)
	test.Drag(w.Canvas(), fyne.NewPos(100, 50), 20, 0)
	if dx != 0 || ended != 0 {
		t.Error("what is not there, or is not to be moved, was moved")
	}
	c.SetPart(0.25, 0, 0.75, 1, true)
	test.Drag(w.Canvas(), fyne.NewPos(100, 50), 20, 0)
	if math.Abs(float64(dx)-0.1) > 1e-6 || dy != 0 || ended != 1 {
		t.Errorf("moved by %g, %g widths, ended %d times; want 0.1, 0 and once", dx, dy, ended)
	}
	c.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	if math.Abs(float64(dx)-0.1+padStep) > 1e-6 || ended != 2 {
		t.Errorf("moved to %g, ended %d times", dx, ended)
	}
	img := w.Canvas().Capture()
	if inside, outside := img.At(100, 50), img.At(20, 50); !sameColor(inside, color.NRGBA{R: 0xff, A: 0xff}) || sameColor(outside, inside) {
		t.Errorf("%v inside, %v outside of the part, which is to be dimmed", inside, outside)
	}
}

func TestPictureGridMenuAndDelete(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewPictureGrid(12, func(int) image.Image { return nil }, nil)
		menu, deleted := -1, -1
		g.OnMenu = func(i int, _ fyne.Position) { menu = i }
		g.OnDelete = func(i int) { deleted = i }
		w := inWindow(t, g, 288, 400) // 4 columns of 72
		at := g.layout().at(5).AddXY(10, 10)
		g.body.TappedSecondary(&fyne.PointEvent{Position: at})
		if menu != 5 {
			t.Errorf("the menu of item %d opens, want 5", menu)
		}
		w.Canvas().Focus(g.body)
		g.body.hover(7)
		g.body.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
		if deleted != 7 {
			t.Errorf("item %d is deleted, want 7", deleted)
		}
		g.Mark(2)
		if !g.body.marked.Visible() || g.body.marked.Position() != g.layout().at(2).SubtractXY(4, 4) {
			t.Errorf("item 2 is not marked: the mark is at %v", g.body.marked.Position())
		}
		g.Close()
	})
}

// A board that is half in sight stays where it is when one begins to draw on it; the keyboard
// brings it to sight.
func TestBoardStaysUnderTheMouse(t *testing.T) {
	b := NewDrawBoard(rand.New(rand.NewPCG(1, 2)))
	above := canvas.NewRectangle(nil)
	above.SetMinSize(fyne.NewSize(100, 150))
	scroll := container.NewVScroll(container.NewVBox(above, container.NewGridWrap(fyne.NewSize(200, 200), b)))
	w := inWindow(t, scroll, 220, 220)
	b.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(50, 20)}, Button: desktop.MouseButtonPrimary})
	b.MouseUp(nil)
	if scroll.Offset.Y != 0 || w.Canvas().Focused() != b {
		t.Errorf("scrolled by %v; the board has the keyboard: %v", scroll.Offset.Y, w.Canvas().Focused() == b)
	}
	if len(b.Points()) == 0 {
		t.Error("nothing is drawn")
	}
	w.Canvas().Unfocus()
	w.Canvas().Focus(b)
	if scroll.Offset.Y == 0 {
		t.Error("the keyboard does not bring the board to sight")
	}
}
