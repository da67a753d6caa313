package judgepage

import (
	"fmt"
	"image"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/engine/doctor"
	"ganvas/engine/judge"
	"ganvas/engine/metrics"
	"ganvas/engine/session"
	"ganvas/widgets"
)

// A picturesView shows real beside generated pictures, and below them the training pictures that
// are most like one of them.
type picturesView struct {
	box                 *fyne.Container
	real, fake, nearest *widgets.PictureGrid
	copying             *fyne.Container // a sign of warning, in answer
	answer              *fyne.Container
	near                *ui.Note

	report *judge.Report
	set    datasets.Set
}

func newPicturesView() kindView {
	v := &picturesView{real: noPictures("Real items come here"), fake: noPictures("Samples come here: press Judge"), nearest: noPictures("Choose a sample to see the training pictures that are most like it")}
	v.nearest.OneRow = true
	v.fake.OnTapped = v.showNearest
	v.near = ui.NewNoteLine("")
	v.copying = container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(17), widget.NewIcon(ui.Sign(doctor.Warning))))
	v.copying.Hide()
	halves := container.New(ui.Columns{0.5, 0.5}, titled("Real, held out", v.real), titled("Generated", v.fake))
	question := container.NewHBox(ui.NewSection("Is it copying?"), v.copying)
	v.answer = container.NewBorder(nil, nil, question, nil, v.near)
	below := container.NewBorder(v.answer, nil, nil, nil, container.New(ui.FixedHeight(112), v.nearest))
	v.box = container.NewBorder(nil, below, nil, nil, halves)
	return v
}

// noPictures is a grid that is empty.
func noPictures(empty string) *widgets.PictureGrid {
	g := widgets.NewPictureGrid(0, none, nil)
	g.Empty = empty
	return g
}

// none are the pictures of an empty grid.
func none(int) image.Image { return nil }

// titled puts a title above an object.
func titled(text string, o fyne.CanvasObject) fyne.CanvasObject {
	return container.NewBorder(ui.NewSection(text), nil, nil, nil, o)
}

func (v *picturesView) object() fyne.CanvasObject { return v.box }

func (v *picturesView) numbers() string {
	return "how far the samples are from the pictures as a whole (Fréchet and kernel distance), how many look real (precision), how much of the data they cover (recall, coverage), how many are copies of training pictures, and how alike they are"
}

// needs: pictures need nothing else.
func (v *picturesView) needs(*judge.Options, *session.Session) {}
func (v *picturesView) noGame() string                         { return "" }

func (v *picturesView) show(report *judge.Report, set datasets.Set) {
	v.report, v.set = report, set
	v.near.Set("")
	ui.SetShown(v.copying, false)
	v.nearest.SetItems(0, none, nil)
	if report == nil {
		v.real.SetItems(0, none, nil)
		v.fake.SetItems(0, none, nil)
		return
	}
	for _, g := range []*widgets.PictureGrid{v.real, v.fake, v.nearest} {
		g.CellSize = float32(min(96, max(56, set.Info().Shape[0])))
	}
	v.real.SetItems(len(report.HeldOut), func(i int) image.Image { return datasets.Picture(set, report.HeldOut[i]) }, nil)
	v.near.Set(copyingText(report))
	m, _ := copiesOf(report)
	ui.SetShown(v.copying, metrics.Copying(m.Value, m.Samples))
	ui.Relayout(v.answer)
	samples := slices.Clone(report.Samples)
	v.fake.SetItems(countOf(samples, set), func(i int) image.Image { return sampleOf(samples, set, i) }, nil)
}

// countOf returns how many pictures samples are.
func countOf(samples []float32, set datasets.Set) int {
	shape := set.Info().Shape
	return len(samples) / (shape[0] * shape[1] * shape[2])
}

// sampleOf returns one of samples as a picture.
func sampleOf(samples []float32, set datasets.Set, i int) image.Image {
	shape := set.Info().Shape
	size := shape[0] * shape[1] * shape[2]
	return datasets.ToImage(samples[i*size:(i+1)*size], shape[0], shape[1], shape[2])
}

// shownNeighbours is how many training items are shown beside a sample.
const shownNeighbours = 8

// showNearest shows sample i and the training pictures that are most like it.
func (v *picturesView) showNearest(i int) {
	if v.report == nil {
		return
	}
	set, found := v.set, v.report.Nearest(i, shownNeighbours)
	sample := sampleOf(v.report.Samples, set, i)
	text := fmt.Sprintf("sample %d; held-out pictures are usually %.2f away", i+1, v.report.Usual)
	if len(found) > 0 && found[0].Distance < v.report.Limit {
		text = fmt.Sprintf("sample %d copies: 99 %% of held-out ones are over %.2f away", i+1, v.report.Limit)
	}
	v.near.Set(text)
	v.nearest.SetItems(1+len(found), func(k int) image.Image {
		if k == 0 {
			return sample
		}
		return datasets.Picture(set, found[k-1].Item)
	}, func(k int) string {
		if k == 0 {
			return "sample"
		}
		return fmt.Sprintf("%.2f", found[k-1].Distance)
	})
}

func (v *picturesView) close() {
	for _, g := range []*widgets.PictureGrid{v.real, v.fake, v.nearest} {
		g.Close()
	}
}
