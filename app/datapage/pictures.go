package datapage

import (
	"context"
	"fmt"
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/widgets"
)

// pictures is the look of pictures.
var pictures = look{
	kind: datasets.Pictures,
	view: newPicturesView,
	summary: func(info datasets.Info) string { // "60,000 pictures, 28×28, grey, 10 labels"
		text := fmt.Sprintf("%s, %d×%d, %s", words.Counted(info.Count, "picture"), info.Shape[0], info.Shape[1], channelName(info.Shape[2]))
		if n := len(info.Labels); n > 0 {
			text += ", " + words.Counted(n, "label")
		}
		return text
	},
	about: func(b datasets.Builtin) string {
		return fmt.Sprintf("pictures, %d×%d, %s", b.Size, b.Size, channelName(b.Channels))
	},
	thumbnail: func(set datasets.Set) image.Image {
		var items []image.Image
		for i := range thumbSide * thumbSide {
			items = append(items, datasets.Picture(set, i*set.Len()/(thumbSide*thumbSide)))
		}
		return pictureBlock(items)
	},
	examine:    datasets.Examine,
	aboutItems: true,
	sound:      "no copies, nothing blank, no class too rare",
}

// thumbSide is how many pictures a thumbnail has in a row, and how many rows.
const thumbSide = 2

// pictureBlock is a thumbnail of some pictures.
func pictureBlock(items []image.Image) image.Image {
	return widgets.Compose(items, thumbSide, 1, color.Transparent)
}

func channelName(n int) string {
	switch n {
	case 1:
		return "grey"
	case 3:
		return "colour"
	}
	return "with alpha"
}

// A picturesView shows pictures in a grid, and beside it one of them before and after it is
// prepared.
type picturesView struct {
	s          *studio.Studio
	box        *fyne.Container // items and prep
	side       *fyne.Container // prep at its width
	items      *itemsView
	prep       *preparation
	previewing context.CancelFunc
}

func newPicturesView(s *studio.Studio, host ui.Host) view {
	v := &picturesView{s: s, prep: newPreparation(s, host)}
	v.items = newItemsView(s, host, v.prep)
	v.prep.onPicture = v.items.markShown
	v.side = container.New(ui.FixedWidth(286), v.prep.box)
	v.box = container.NewBorder(nil, nil, nil, v.side, v.items.box)
	s.Reading.On(v.preview)
	return v
}

func (v *picturesView) content() fyne.CanvasObject { return v.box }

func (v *picturesView) cards() []madeHere { return nil }

func (v *picturesView) refresh() {
	v.items.refresh()
	v.prep.refresh()
	s := v.s.Data
	known := s.Coming == "" && (s.Whole != nil || s.Opening && v.prep.source == s.Name || v.prep.correctable())
	shown := ui.SetShown(v.side, known)
	if ui.SetShown(v.items.tools, known) || shown {
		ui.Relayout(v.items.box, v.box)
	}
}

func (v *picturesView) choose(items []int) {
	v.items.choose(items)
	if len(items) > 0 {
		v.prep.show(items[0])
		v.items.markShown()
	}
}

// preview shows the first pictures of data that are beginning to be read.
func (v *picturesView) preview(r studio.Reading) {
	name, o := r.Name, r.Options
	if v.previewing != nil {
		v.previewing()
	}
	v.items.preview = nil
	if datasets.IsBuiltin(name) {
		return
	}
	const enough = 60
	var found []image.Image
	v.previewing = v.s.Jobs.Start(func(ctx context.Context) error {
		found = datasets.FirstPictures(ctx, name, o, enough)
		return ctx.Err()
	}, func(err error) {
		if s := v.s.Data; err == nil && s.Opening && (s.Coming == name || s.Name == name) {
			v.items.preview = found
			v.items.refresh()
		}
	})
}

func (v *picturesView) close() {
	v.items.grid.Close()
	if v.prep.originals != nil {
		v.prep.originals.Close()
	}
}
