package widgets

import (
	"fmt"
	"image"
	"image/color"
	"testing"
	"testing/synctest"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPictureGridAsksOnlyForWhatIsVisible(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := map[int]int{}
		g := NewPictureGrid(100_000, func(i int) image.Image {
			asked[i]++
			return plain(8, 8, color.Gray{uint8(i)})
		}, nil)
		w := inWindow(t, g, 360, 360) // 5 columns, and 5 rows and a part of one
		settled(w)
		if got := len(asked); got < 25 || got > 40 {
			t.Errorf("%d items asked for, want about 30", got)
		}
		g.scroll.ScrollToOffset(fyne.NewPos(0, float32(50_000/5)*g.layout().pitchY))
		g.scrolled(g.scroll.Offset.Y)
		settled(w)
		if asked[50_000] != 1 || len(asked) > 80 {
			t.Errorf("item 50,000 asked for %d times, %d in all", asked[50_000], len(asked))
		}
		p, _ := g.easel.last()
		if p.first > 50_000 || p.last <= 50_000 {
			t.Errorf("items %d to %d shown", p.first, p.last)
		}
		settled(w)
		for i, n := range asked {
			if n != 1 {
				t.Errorf("item %d asked for %d times", i, n)
			}
		}
		g.Close()
	})
}

// What is below the mouse is ringed, and nothing any more once there are other items.
func TestPictureGridRing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		item := func(int) image.Image { return plain(8, 8, color.White) }
		g := NewPictureGrid(20, item, nil)
		g.OnTapped = func(int) {}
		w := inWindow(t, g, 288, 400)
		settled(w)
		g.body.hover(17)
		if g.body.ring.Hidden {
			t.Error("no ring around the item below the mouse")
		}
		g.ReplaceItems(4, item, nil)
		if !g.body.ring.Hidden || !g.body.marked.Hidden {
			t.Error("a ring around an item that is not there any more")
		}
		g.Close()
	})
}

func TestPictureGridShowsAndTaps(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		shade := func(i int) color.Gray { return color.Gray{uint8(40 + 10*i)} }
		g := NewPictureGrid(12, func(i int) image.Image { return plain(16, 16, shade(i)) }, func(i int) string { return fmt.Sprint("label ", i) })
		tapped := -1
		g.OnTapped = func(i int) { tapped = i }
		w := inWindow(t, g, 288, 400) // 4 columns of 72
		img := settled(w)
		l := g.layout()
		if l.columns != 4 || l.rows != 3 {
			t.Fatalf("%d columns, %d rows, want 4 and 3", l.columns, l.rows)
		}
		for i := range 12 {
			at := l.at(i).AddXY(l.cell/2, l.cell/2)
			if got := img.At(int(at.X), int(at.Y)); !sameColor(got, shade(i)) {
				t.Errorf("item %d shows %v, want %v", i, got, shade(i))
			}
			test.TapCanvas(w.Canvas(), at)
			if tapped != i {
				t.Errorf("tapped %d, want %d", tapped, i)
			}
		}
		tapped = -1
		test.TapCanvas(w.Canvas(), fyne.NewPos(100, 390))
		if tapped != -1 {
			t.Errorf("tapped %d below the last row", tapped)
		}
		g.Close()
	})
}

func TestPictureGridSlowItemsAppearOneAfterTheOther(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewPictureGrid(20, func(int) image.Image {
			time.Sleep(30 * time.Millisecond) // virtual: as if read from a slow disk
			return plain(8, 8, red)
		}, nil)
		w := inWindow(t, g, 216, 216)
		begin := time.Now()
		var shares []int
		for range 100 {
			img := w.Canvas().Capture()
			synctest.Wait()
			shares = append(shares, count(img, red))
			time.Sleep(20 * time.Millisecond)
			if p, ok := g.easel.last(); ok && !p.missing {
				break
			}
		}
		if took := time.Since(begin); took > 2*time.Second {
			t.Errorf("complete after %v", took)
		}
		grew := 0
		for i := 1; i < len(shares); i++ {
			if shares[i] > shares[i-1] {
				grew++
			}
		}
		if grew < 4 {
			t.Errorf("items appeared in %d portions: %v", grew, shares)
		}
		g.Close()
	})
}

func TestPictureGridEmptyBrokenAndReplaced(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewPictureGrid(0, nil, nil)
		w := inWindow(t, g, 200, 200)
		settled(w)
		g.SetItems(3, func(i int) image.Image {
			if i == 1 {
				return nil
			}
			return plain(200, 100, green)
		}, nil)
		img := settled(w)
		if got := count(img, green); got < 2*60*30 || got > 2*64*34 {
			t.Errorf("%d pixels of two pictures of 64×32", got)
		}
		g.SetItems(1, func(int) image.Image { return plain(4, 4, blue) }, nil)
		img = settled(w)
		if count(img, green) != 0 || count(img, blue) != 64*64 {
			t.Errorf("%d old and %d new pixels", count(img, green), count(img, blue))
		}
		g.Close()
	})
}

func TestPictureGridKeyboard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewPictureGrid(1000, func(int) image.Image { return plain(4, 4, blue) }, nil)
		tapped := -1
		g.OnTapped = func(i int) { tapped = i }
		w := inWindow(t, g, 288, 288) // 4 columns of 72, 4 rows
		w.Canvas().FocusNext()
		press(g.body, fyne.KeyRight, fyne.KeyDown, fyne.KeyReturn)
		if tapped != 5 {
			t.Errorf("tapped %d, want 5", tapped)
		}
		press(g.body, fyne.KeyLeft, fyne.KeyUp, fyne.KeyUp, fyne.KeyEnter)
		if tapped != 0 {
			t.Errorf("tapped %d, want 0", tapped)
		}
		press(g.body, fyne.KeyEnd, fyne.KeySpace)
		if tapped != 999 {
			t.Errorf("tapped %d, want 999", tapped)
		}
		settled(w)
		if p, _ := g.easel.last(); p.last != 1000 {
			t.Errorf("items %d to %d shown, want the last ones", p.first, p.last)
		}
		press(g.body, fyne.KeyPageUp, fyne.KeySpace)
		if tapped != 987 {
			t.Errorf("tapped %d a page up, want 987", tapped)
		}
		g.Close()
	})
}

func TestStepCell(t *testing.T) {
	for _, c := range []struct {
		cell int
		key  fyne.KeyName
		want int
		ok   bool
	}{
		{-1, fyne.KeyDown, 0, true},
		{0, fyne.KeyUp, 0, true},
		{0, fyne.KeyDown, 4, true},
		{8, fyne.KeyDown, 8, true},
		{9, fyne.KeyRight, 9, true},
		{5, fyne.KeyHome, 0, true},
		{5, fyne.KeyEnd, 9, true},
		{5, fyne.KeyA, 5, false},
	} {
		if got, ok := stepCell(c.cell, 4, 10, c.key); got != c.want || ok != c.ok {
			t.Errorf("%s from %d: %d %v, want %d %v", c.key, c.cell, got, ok, c.want, c.ok)
		}
	}
	if got, _ := stepCell(3, 4, 0, fyne.KeyDown); got != -1 {
		t.Errorf("among none: %d, want −1", got)
	}
}

// A grid of one row shows what it has room for, and the mouse and the keyboard find no more.
func TestPictureGridOneRow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		asked := map[int]int{}
		g := NewPictureGrid(9, func(i int) image.Image {
			asked[i]++
			return plain(8, 8, color.White)
		}, func(int) string { return "0.5" })
		g.OneRow = true
		g.Refresh()
		w := inWindow(t, g, 300, 112) // 4 items of 64
		settled(w)
		if l := g.layout(); l.rows != 1 || l.count != 4 || l.height() > 112 {
			t.Errorf("%d items in %d rows, %v high", l.count, l.rows, l.height())
		}
		if len(asked) != 4 {
			t.Errorf("%d items asked for, want 4", len(asked))
		}
		g.body.FocusGained()
		for range 9 {
			g.body.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
		}
		if g.body.hovered != 3 {
			t.Errorf("the keyboard is on item %d, want 3", g.body.hovered)
		}
		g.Close()
	})
}
