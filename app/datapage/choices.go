package datapage

import (
	"context"
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/datasets"
	"ganvas/widgets"
)

// choices are the column at the left: one's own data, then what is built in.
type choices struct {
	s       *studio.Studio
	box     fyne.CanvasObject
	cards   map[string]*widgets.DataCard // of built-in data, and of data that are made here
	own     *widgets.DataCard            // of the user's own data, shown once there are any
	zone    *widgets.DropZone
	sight   *sight
	top     *fyne.Container // what is above the list
	all     *fyne.Container // top and the list
	thumbOf datasets.Set    // what the own card shows
	begun   bool            // thumbnails are drawn, or have been
}

// newChoices returns the column. The functions ask for a folder and for a file, and show what can be
// downloaded; made are the cards of data that are made here.
func newChoices(s *studio.Studio, askFolder, askFile, download func(), made map[datasets.Kind][]madeHere) *choices {
	c := &choices{s: s, cards: make(map[string]*widgets.DataCard)}
	c.zone = widgets.NewDropZone("Drop folders, archives, pictures, arrays or a table of points anywhere", askFolder)
	folder := widgets.TipButton(theme.FolderOpenIcon(), "Folder…", "Choose a folder of pictures; its sub-folders are the labels", askFolder)
	file := widgets.TipButton(theme.FileIcon(), "File…", "Choose an archive of pictures, a table of points, a NumPy, IDX, CIFAR or Parquet file", askFile)
	more := widgets.TipButton(theme.DownloadIcon(), "Download…", "Well-known sets from their makers: Fashion-MNIST, KMNIST, CIFAR, pets", download)
	draw := widgets.TipButton(theme.DocumentCreateIcon(), "Draw", "A board to draw points of the plane on, as the generator's model", func() { c.cards[studio.Drawn].Tapped(nil) })
	c.own = widgets.NewDataCard("", "", nil, nil)
	c.own.Hide()
	c.top = container.NewVBox(ui.NewHeading("Your data"), c.zone, container.NewGridWithColumns(2, folder, file, more, draw), c.own, ui.NewHeading("Built in"))
	list := container.NewVBox()
	for _, l := range looks {
		for _, b := range datasets.Builtins() {
			if b.Kind != l.kind {
				continue
			}
			card := widgets.NewDataCard(b.Title, l.about(b), nil, func() { s.Data.Choose(b.Name) })
			c.cards[b.Name] = card
			list.Add(widgets.Tip(card, b.About))
		}
		for _, m := range made[l.kind] {
			c.cards[m.name] = m.card
			list.Add(widgets.Tip(m.card, m.tip))
		}
	}
	c.sight = newSight(list, func(data string) fyne.CanvasObject {
		if card, ok := c.cards[data]; ok {
			return card
		}
		return nil
	})
	c.all = widgets.Border(c.top, nil, nil, nil, c.sight.box)
	c.box = ui.NewPanel(c.all)
	return c
}

// refresh marks the card of the plan's data.
func (c *choices) refresh() {
	data, s := c.s.Plan.Now().Data, c.s.Data
	for name, card := range c.cards {
		card.SetSelected(name == data)
	}
	own := !datasets.IsBuiltin(data)
	if ui.SetShown(c.own, own) {
		ui.Relayout(c.top, c.all)
	}
	if own {
		c.own.SetText(studio.ShortName(data), data)
		c.own.SetSelected(true)
		if s.Set != nil && s.Whole != c.thumbOf {
			c.thumbOf = s.Whole
			c.own.SetThumbnail(thumbnail(s.Set))
		}
	}
	c.zone.SetHighlighted(s.Opening && (own || s.Coming != ""))
}

// thumbnail draws a few items of a set.
func thumbnail(set datasets.Set) image.Image { return lookOf(set.Info().Kind).thumbnail(set) }

// loadThumbnails draws the built-in sets' pictures in the background, once.
func (c *choices) loadThumbnails() {
	if c.begun {
		return
	}
	c.begun = true
	c.s.Jobs.Start(func(ctx context.Context) error {
		for _, b := range datasets.Builtins() {
			o := datasets.Options{Size: b.Size, Channels: min(b.Channels, 3)}
			if b.Name == "emoji" {
				o.Size = studio.FirstSide
			}
			set, err := datasets.Open(ctx, b.Name, o, nil)
			if err != nil {
				return err
			}
			thumb := thumbnail(set)
			c.s.Do(func() { c.cards[b.Name].SetThumbnail(thumb) })
		}
		return nil
	}, nil)
}
