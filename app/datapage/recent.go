package datapage

import (
	"context"
	"image"
	"os"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/widgets"
)

// recent are the cards of one's own data: of those that were read last, and of the plan's.
type recent struct {
	s       *studio.Studio
	box     *fyne.Container
	cards   []*recentCard // a card keeps its place: others come above it
	changed func()        // cards came or went
	visible bool
}

// A recentCard is the card of one's own data, with a button that forgets them.
type recentCard struct {
	data   string
	box    fyne.CanvasObject
	card   *widgets.DataCard
	forget *widgets.TippedButton
	of     datasets.Set // that the thumbnail shows; nil: it is drawn from the files
	drawn  bool         // the thumbnail is drawn from the files, or has been
}

func newRecent(s *studio.Studio, changed func()) *recent {
	r := &recent{s: s, box: container.NewVBox(), changed: changed}
	r.box.Hide()
	return r
}

// setVisible says whether the cards can be seen: only then files are looked for.
func (r *recent) setVisible(on bool) {
	if r.visible = on; on {
		r.look()
	}
}

// cardOf returns the card of data; nil: they have none.
func (r *recent) cardOf(data string) *recentCard {
	if i := slices.IndexFunc(r.cards, func(c *recentCard) bool { return c.data == data }); i >= 0 {
		return r.cards[i]
	}
	return nil
}

// refresh shows the cards of what is remembered now, and marks that of the plan's data.
func (r *recent) refresh() {
	data := r.s.Plan.Now().Data
	wanted := r.s.Memory.RecentData()
	if !datasets.IsBuiltin(data) && !slices.Contains(wanted, data) {
		wanted = append([]string{data}, wanted...)
	}
	before := slices.Clone(r.cards)
	r.cards = slices.DeleteFunc(r.cards, func(c *recentCard) bool { return !slices.Contains(wanted, c.data) })
	for _, name := range slices.Backward(wanted) {
		if r.cardOf(name) == nil {
			r.cards = slices.Insert(r.cards, 0, r.newCard(name))
		}
	}
	if !slices.Equal(before, r.cards) {
		r.box.Objects = nil
		for _, c := range r.cards {
			r.box.Objects = append(r.box.Objects, c.box)
		}
		ui.SetShown(r.box, len(r.cards) > 0)
		r.changed()
		r.look()
	}
	for _, c := range r.cards {
		r.mark(c, c.data == data)
	}
}

// mark shows whether a card is that of the plan's data.
func (r *recent) mark(c *recentCard, chosen bool) {
	c.card.SetSelected(chosen)
	if ui.SetShown(c.forget, !chosen) {
		c.box.Refresh()
	}
	if d := r.s.Data; chosen && d.Name == c.data && d.Set != nil {
		c.setMissing(false)
		if d.Whole != c.of {
			c.of, c.drawn = d.Whole, true
			c.card.SetThumbnail(thumbnail(d.Set))
		}
	}
}

func (r *recent) newCard(data string) *recentCard {
	c := &recentCard{data: data}
	c.card = widgets.NewDataCard(studio.ShortName(data), data, nil, func() { r.s.Data.Choose(data) })
	c.forget = widgets.TipButton(theme.CancelIcon(), "", "Takes the card away; the files stay", func() {
		r.s.Memory.RemoveRecentData(data)
		r.refresh()
	})
	c.forget.Importance = widget.LowImportance
	c.box = container.New(ui.Beside{}, c.card, container.NewCenter(widgets.Dense(c.forget)))
	return c
}

// setMissing shows whether the data are where they were.
func (c *recentCard) setMissing(missing bool) {
	c.card.SetPale(missing)
	tip := ""
	if missing {
		tip = "Not there any more: put it back where it was, or take the card away with ×."
	}
	widgets.Tip(c.card, tip)
}

// look finds out in the background which data are still there, and draws thumbnails of those that
// have none.
func (r *recent) look() {
	if !r.visible {
		return
	}
	for _, c := range r.cards {
		draw := !c.drawn
		var missing bool
		r.s.Jobs.Start(func(ctx context.Context) error {
			_, err := os.Stat(c.data)
			if missing = err != nil; missing || !draw {
				return nil
			}
			thumb := thumbnailOf(ctx, c.data)
			r.s.Do(func() {
				if thumb != nil && c.of == nil {
					c.drawn = true
					c.card.SetThumbnail(thumb)
				}
			})
			return nil
		}, func(error) {
			chosen := r.s.Plan.Now().Data == c.data && r.s.Data.Set != nil
			c.setMissing(missing && !chosen)
		})
	}
}

// mostForThumbnail is how large a file may be that is read only for its thumbnail, in bytes.
const mostForThumbnail = 4 << 20

// thumbnailOf draws a few items of data without reading all of them; nil where that takes long or
// cannot be.
func thumbnailOf(ctx context.Context, data string) image.Image {
	items := datasets.FirstPictures(ctx, data, datasets.Options{Size: studio.FirstSide}, thumbSide*thumbSide)
	if len(items) > 0 {
		return pictureBlock(items)
	}
	if info, err := os.Stat(data); err != nil || info.IsDir() || info.Size() > mostForThumbnail {
		return nil
	}
	set, err := datasets.Open(ctx, data, datasets.Options{Tables: true}, nil)
	if err != nil {
		return nil
	}
	return thumbnail(set)
}
