package datapage

import (
	"image"
	"image/draw"
	"math"
	"math/rand/v2"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/widgets"
)

// A drawing is the board on which one draws points of one's own. The points are part of the plan:
// every stroke is an edit that can be undone.
type drawing struct {
	s     *studio.Studio
	box   *fyne.Container
	board *widgets.DrawBoard
	card  *widgets.DataCard // chooses it
	tools *widget.RadioGroup
	text  string // the points on the board, as the plan has them
	kept  string // the last points, for when other data were chosen in between
}

// The tools' names, in the order of the widgets'.
var toolTitles = []string{"Brush", "Spray", "Eraser"}

func newDrawing(s *studio.Studio) *drawing {
	// Where exactly points fall is no result: what is drawn is kept, and the same from then on.
	d := &drawing{s: s, board: widgets.NewDrawBoard(rand.New(rand.NewPCG(rand.Uint64(), rand.Uint64())))}
	d.board.Most = datasets.MostDrawn
	d.board.OnDrawn = d.drawn
	d.tools = widget.NewRadioGroup(toolTitles, func(title string) {
		for i, t := range toolTitles {
			if t == title {
				d.board.Tool = widgets.BoardTool(i)
			}
		}
	})
	d.tools.Horizontal, d.tools.Required = true, true
	d.tools.Selected = toolTitles[0]
	classes := widgets.NewClassPicker()
	classes.OnChosen = func(class int) { d.board.Class = class }
	reach := widget.NewSlider(0.03, 0.4)
	reach.Step, reach.Value = 0.01, float64(d.board.Reach)
	reach.OnChanged = func(v float64) { d.board.Reach = float32(v) }
	undo := widgets.TipButton(theme.ContentUndoIcon(), "", "Takes the last stroke back", s.Plan.Undo)
	redo := widgets.TipButton(theme.ContentRedoIcon(), "", "Draws it again", s.Plan.Redo)
	clear := widgets.TipButton(theme.DeleteIcon(), "Clear", "Takes all points away; can be undone", func() { d.setText("", "Clear the drawing") })
	bar := container.NewBorder(nil, nil, container.NewHBox(d.tools, widget.NewLabel("Class"), container.NewCenter(classes)), nil, nil)
	below := container.NewBorder(nil, nil, container.NewHBox(widget.NewLabel("Width"), container.New(ui.FixedWidth(140), reach)),
		container.NewHBox(undo, redo, clear))
	hint := ui.NewNoteLine("Draw with the mouse, or the arrow keys and Space. A few hundred points are enough to learn from.")
	d.box = widgets.Border(container.NewVBox(bar, below, hint), nil, nil, nil, container.New(layout.NewCustomPaddedLayout(4, 4, 0, 0), d.board))
	d.card = widgets.NewDataCard("Draw your own", "points of the plane, by hand", drawnThumbnail(), d.choose)
	return d
}

// choose makes the points that are drawn the data, those of before if there are any.
func (d *drawing) choose() {
	if d.s.Plan.Now().Data == studio.Drawn {
		return
	}
	d.s.Data.ChooseDrawn(d.kept)
}

// refresh shows the plan's points, if the data are drawn.
func (d *drawing) refresh() {
	r := d.s.Plan.Now()
	if r.Data != studio.Drawn || r.Drawn == d.text {
		return
	}
	d.text = r.Drawn
	if d.text != "" {
		d.kept = d.text
	}
	points, err := datasets.DrawnPoints(r.Drawn)
	if err != nil {
		points = nil // said where the data are read
	}
	onBoard := make([]widgets.BoardPoint, len(points))
	for i, p := range points {
		onBoard[i] = widgets.BoardPoint{X: p.X / datasets.DrawnSpan, Y: p.Y / datasets.DrawnSpan, Class: p.Class}
	}
	d.board.SetPoints(onBoard)
}

// drawn makes what is on the board the plan's.
func (d *drawing) drawn() {
	points := make([]datasets.DrawnPoint, len(d.board.Points()))
	for i, p := range d.board.Points() {
		points[i] = datasets.DrawnPoint{X: p.X * datasets.DrawnSpan, Y: p.Y * datasets.DrawnSpan, Class: p.Class}
	}
	label := "Draw points"
	if d.board.Tool == widgets.Eraser {
		label = "Erase points"
	}
	d.setText(datasets.DrawnText(points), label)
	if len(points) == datasets.MostDrawn {
		d.s.Inform("The board is full: " + humanize.Comma(datasets.MostDrawn) + " points are possible.")
	}
}

func (d *drawing) setText(text, label string) {
	r := d.s.Plan.Now().Clone()
	r.Drawn, r.LeaveOut = text, ""
	d.s.Plan.Edit(r, label, false)
}

// drawnThumbnail is a stroke of a brush.
func drawnThumbnail() image.Image {
	const size, dot = 112, 4
	out := image.NewRGBA(image.Rect(0, 0, size, size))
	random := rand.New(rand.NewPCG(1, 1))
	for i := range 260 {
		t := float64(i) / 260 * 2 * math.Pi
		x := int(size * (0.5 + 0.33*math.Sin(t) + 0.03*random.NormFloat64()))
		y := int(size * (0.5 + 0.3*math.Sin(2*t) + 0.03*random.NormFloat64()))
		draw.Draw(out, image.Rect(x, y, x+dot, y+dot), image.NewUniform(widgets.Real.ColorOnAny()), image.Point{}, draw.Src)
	}
	return out
}
