package widgets

import "image"

// gameLayout says where the parts of the game are drawn, in pixels.
type gameLayout struct {
	boxes [GameParts]image.Rectangle
	strip image.Rectangle // of the ten stations
	key   image.Rectangle // of what colours mean
	unit  float64         // pixels of one of Fyne's units
}

// layGame places the parts in a rectangle: noise, G and fakes above, real items below, D and what
// it says at the right, between the losses.
func layGame(w, h, unit float64) gameLayout {
	l := gameLayout{unit: unit}
	pad, gap := 6*unit, min(26*unit, 0.045*w)
	strip := 38 * unit
	bottom := h - strip - 4*unit
	title := 16 * unit
	left := w - 2*pad - 4*gap
	widths := [5]float64{0.17, 0.12, 0.28, 0.12, 0.31}
	var x [6]float64
	x[0] = pad
	for i, share := range widths {
		x[i+1] = x[i] + share*left + gap
	}
	rect := func(column int, top, bottom float64) image.Rectangle {
		return image.Rect(int(x[column]), int(top), int(x[column+1]-gap), int(bottom))
	}
	half := (bottom - pad - title) / 2
	upper, lower := pad+title+half-8*unit, pad+title+half+14*unit
	top := pad + title
	l.boxes[GameNoise] = rect(0, top+0.12*half, upper-0.12*half)
	l.boxes[GameG] = rect(1, top+0.06*half, upper-0.06*half)
	l.boxes[GameFakes] = rect(2, top, upper)
	l.boxes[GameReals] = rect(2, lower, bottom-2*unit)
	middle := (top + bottom) / 2
	l.boxes[GameD] = rect(3, middle-0.5*half, middle+0.5*half)
	l.boxes[GameLossG] = rect(4, top, top+0.42*half)
	l.boxes[GameJudgements] = rect(4, top+0.42*half+30*unit, bottom-0.42*half-30*unit)
	l.boxes[GameLossD] = rect(4, bottom-0.42*half, bottom-2*unit)
	l.strip = image.Rect(int(pad), int(bottom+4*unit), int(w-pad), int(h))
	l.key = image.Rect(int(pad), int(lower), int(x[2]-gap), int(bottom-2*unit))
	return l
}

// stationParts says which parts light up at a station.
var stationParts = [11][]int{
	1: {GameReals}, 2: {GameNoise, GameG, GameFakes}, 3: {GameFakes, GameReals, GameD, GameJudgements}, 4: {GameJudgements, GameLossD}, 5: {GameLossD, GameD},
	6: {GameNoise}, 7: {GameNoise, GameG, GameFakes}, 8: {GameFakes, GameD, GameJudgements}, 9: {GameJudgements, GameLossG}, 10: {GameLossG, GameD, GameFakes, GameG},
}

// A gameEdge is a way from one part to another; back: gradients go along it.
type gameEdge struct {
	from, to int
	stations []int // at which it lights up
	back     bool
}

var gameEdges = []gameEdge{
	{GameNoise, GameG, []int{2, 7}, false},
	{GameG, GameFakes, []int{2, 7}, false},
	{GameFakes, GameD, []int{3, 8}, false},
	{GameReals, GameD, []int{3}, false},
	{GameD, GameJudgements, []int{3, 8}, false},
	{GameJudgements, GameLossD, []int{4}, false},
	{GameJudgements, GameLossG, []int{9}, false},
	{GameLossD, GameD, []int{5}, true},
	{GameLossG, GameD, []int{10}, true},
	{GameD, GameFakes, []int{10}, true},
	{GameFakes, GameG, []int{10}, true},
}

// at returns the points of an edge, from its beginning to its end.
func (l *gameLayout) at(e gameEdge) [][2]float64 {
	a, b := l.boxes[e.from], l.boxes[e.to]
	mid := func(p, q int) float64 { return float64(p+q) / 2 }
	g := 3 * l.unit
	beside := 11 * l.unit // by which ways back lie beside ways there
	switch {
	case e.from == GameJudgements && e.to == GameLossD:
		x := mid(a.Min.X, a.Max.X)
		return [][2]float64{{x, float64(a.Max.Y) + g}, {x, float64(b.Min.Y) - g - 12*l.unit}}
	case e.from == GameJudgements:
		x := mid(a.Min.X, a.Max.X)
		return [][2]float64{{x, float64(a.Min.Y) - g - 12*l.unit}, {x, float64(b.Max.Y) + g}}
	case e.from == GameLossD || e.from == GameLossG: // along the side of the judgements to D
		x := mid(b.Min.X, b.Max.X)
		y, end := mid(a.Min.Y, a.Max.Y), float64(b.Max.Y)+g
		if e.from == GameLossG {
			end = float64(b.Min.Y) - g - 14*l.unit
		}
		return [][2]float64{{float64(a.Min.X) - g, y}, {x, y}, {x, end}}
	case e.from == GameD && e.back: // to the fakes
		y := float64(b.Min.Y) + 0.3*float64(b.Dy())
		x := float64(a.Min.X) + 0.3*float64(a.Dx())
		return [][2]float64{{x, float64(a.Min.Y) - g - 14*l.unit}, {x, y}, {float64(b.Max.X) + g, y}}
	case e.from == GameFakes && e.to == GameG:
		y := mid(a.Min.Y, a.Max.Y) - beside
		return [][2]float64{{float64(a.Min.X) - g, y}, {float64(b.Max.X) + g, y}}
	case e.to == GameD:
		y := float64(b.Min.Y) + 0.3*float64(b.Dy())
		if e.from == GameReals {
			y = float64(b.Min.Y) + 0.7*float64(b.Dy())
		}
		from := min(max(y, float64(a.Min.Y)+8*l.unit), float64(a.Max.Y)-8*l.unit)
		return [][2]float64{{float64(a.Max.X) + g, from}, {float64(b.Min.X) - g, y}}
	}
	y := mid(a.Min.Y, a.Max.Y)
	return [][2]float64{{float64(a.Max.X) + g, y}, {float64(b.Min.X) - g, y}}
}
