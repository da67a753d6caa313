package widgets

import (
	"image"
	"image/color"
	"math"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// aGame returns what a graph shows of points, or of pictures.
func aGame(station int, pictures bool) *GameGraphData {
	d := &GameGraphData{
		Station: station, Latents: [][]float32{{0.1, -2}, {9, 0}}, XMin: -1, XMax: 1, YMin: -1, YMax: 1,
		Low: "0 fake", High: "real 1", Even: 0.5, NameG: "G", NameD: "2 × D", LayersG: []float64{1, 0.5}, LayersD: []float64{0, 2},
		LossD: GameLoss{Value: "0.5", Note: "penalties 0.1", Course: []float64{1, 2, 1}}, LossG: GameLoss{Value: "–"},
	}
	d.Real.Said, d.Fake.Said = []float64{0.9, 1}, []float64{0, 0.2}
	if pictures {
		img := image.NewRGBA(image.Rect(0, 0, 4, 4))
		d.Real.Pictures, d.Fake.Pictures = []*image.RGBA{img, img}, []*image.RGBA{img, img}
		d.PushShown = d.Real.Pictures
		d.Latents = [][]float32{{1, 2, 3}, {-1, 0, 4}}
		return d
	}
	d.Real.Points, d.Fake.Points = [][2]float32{{0, 0}, {float32(math.NaN()), 1}}, [][2]float32{{1e30, 0}, {-0.5, 0.5}}
	d.Push = [][2]float32{{1, 0}, {float32(math.Inf(1)), 2}}
	return d
}

// TestGameGraphStations: at each station exactly its parts have a frame in the colour of the player
// whose turn it is, for points and for pictures.
func TestGameGraphStations(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewGameGraph("nothing yet")
		w := inWindow(t, g, 700, 480)
		settled(w)
		for _, pictures := range []bool{false, true} {
			for station := range 11 {
				g.Set(aGame(station, pictures))
				settled(w)
				img := g.Picture()
				s := currentStyle(g)
				turn := s.role(D)
				if station > 5 {
					turn = s.role(G)
				}
				l := layGame(700, 480, 1)
				var want [GameParts]bool
				for _, part := range stationParts[station] {
					want[part] = true
				}
				for part, r := range l.boxes {
					if got := color.NRGBAModel.Convert(img.At(r.Min.X, r.Min.Y)) == turn; got != want[part] {
						t.Errorf("station %d: part %d is lit: %v", station, part, got)
					}
				}
			}
		}
		g.Close()
	})
}

// TestGameGraphAnySize draws in whatever room there is.
func TestGameGraphAnySize(t *testing.T) {
	v := view{scale: 1, style: currentStyle(NewGameGraph(""))}
	for _, size := range [][2]int{{1, 1}, {40, 30}, {120, 400}, {420, 240}, {1800, 200}} {
		v.w, v.h = size[0], size[1]
		for _, pictures := range []bool{false, true} {
			if img := drawGame(gameContent{data: aGame(10, pictures)}, v); img.Rect.Dx() != size[0] {
				t.Errorf("%v: drew %v", size, img.Rect)
			}
		}
		drawGame(gameContent{data: &GameGraphData{Even: math.NaN()}}, v)
		drawGame(gameContent{empty: "nothing yet"}, v)
	}
}

// TestGameGraphParts: no two parts overlap, and each is inside and has room, in a small window too.
func TestGameGraphParts(t *testing.T) {
	for _, size := range [][2]float64{{420, 240}, {600, 490}, {760, 590}} {
		l := layGame(size[0], size[1], 1)
		all := append([]image.Rectangle{l.strip}, l.boxes[:]...)
		for i, a := range all {
			if a.Empty() || !a.In(image.Rect(0, 0, int(size[0]), int(size[1]))) {
				t.Errorf("%v: part %d is %v", size, i, a)
			}
			for _, b := range all[i+1:] {
				if a.Overlaps(b) {
					t.Errorf("%v: %v and %v overlap", size, a, b)
				}
			}
		}
	}
}

// TestGameGraphTips: each part explains itself.
func TestGameGraphTips(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := NewGameGraph("")
		w := inWindow(t, g, 700, 480)
		d := aGame(0, false)
		d.Tips[GameD], d.Tips[GameReals] = "what D is", "what a real item is"
		g.Set(d)
		settled(w)
		l := layGame(700, 480, 1)
		over := func(part int) {
			at := l.boxes[part].Min.Add(image.Pt(9, 9))
			e := &desktop.MouseEvent{}
			e.Position = fyne.NewPos(float32(at.X), float32(at.Y))
			g.MouseMoved(e)
		}
		for part, want := range map[int]string{GameD: "what D is", GameReals: "what a real item is"} {
			over(part)
			if g.tip.text != want {
				t.Errorf("part %d says %q, want %q", part, g.tip.text, want)
			}
		}
		g.MouseOut()
		if g.under != -1 {
			t.Error("the mouse has left, and a part is still below it")
		}
		g.Close()
	})
}

// TestTermText breaks a text between words, keeps punctuation at its term, and explains terms.
func TestTermText(t *testing.T) {
	text := NewTermText(3)
	inWindow(t, text, 300, 80)
	text.Set([]Span{{Text: "The "}, {Text: "loss", Tip: "what a player pays"}, {Text: ", which both of the two players want to be small. "}, {Text: "G", Tip: "the generator"}, {Text: "."}})
	if want := "The loss, which both of the two players want to be small. G."; text.Text() != want {
		t.Errorf("text %q", text.Text())
	}
	words := text.place(text.Size().Width)
	if last := words[len(words)-1]; last.y == 0 {
		t.Error("the text is not broken")
	}
	var loss, comma placedWord
	for i, w := range words {
		if w.x+w.size.Width > text.Size().Width {
			t.Errorf("%q ends at %g of %g", w.text, w.x+w.size.Width, text.Size().Width)
		}
		if w.text == "loss" {
			loss, comma = w, words[i+1]
		}
	}
	if comma.text != "," || comma.x != loss.x+loss.size.Width {
		t.Errorf("%q at %g follows the loss that ends at %g", comma.text, comma.x, loss.x+loss.size.Width)
	}
	e := &desktop.MouseEvent{}
	e.Position = fyne.NewPos(loss.x+2, loss.y+2)
	text.MouseIn(e)
	if text.tip.text != "what a player pays" {
		t.Errorf("the loss says %q", text.tip.text)
	}
	text.MouseOut()
	if text.Set(nil); text.Text() != "" || text.MinSize().Height < 40 {
		t.Errorf("emptied it says %q, and its height is %g: what is below would move", text.Text(), text.MinSize().Height)
	}
}
