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
	s      *studio.Studio
	box    fyne.CanvasObject
	cards  map[string]*widgets.DataCard // of built-in data, and of data that are made here
	recent *recent                      // of one's own data
	zone   *widgets.DropZone
	sight  *sight
	begun  bool // thumbnails are drawn, or have been
}

// newChoices returns the column. The functions ask for a folder and for a file, and show what can be
// downloaded; made are the cards of data that are made here.
func newChoices(s *studio.Studio, askFolder, askFile, download func(), made map[datasets.Kind][]madeHere) *choices {
	c := &choices{s: s, cards: make(map[string]*widgets.DataCard)}
	c.zone = widgets.NewDropZone("Drop folders, archives, pictures, arrays or a table of points anywhere", askFolder)
	folder := widgets.TipButton(theme.FolderOpenIcon(), "Folder…", "Choose a folder of pictures; its sub-folders are the labels", askFolder)
	file := widgets.TipButton(theme.FileIcon(), "File…", "Choose an archive of pictures, a table of points, a NumPy, IDX, CIFAR or Parquet file", askFile)
	more := widgets.TipButton(theme.DownloadIcon(), "Download…", "Well-known sets from their makers: Fashion-MNIST, KMNIST, CIFAR, pets", download)
	draw := widgets.TipButton(theme.DocumentCreateIcon(), "Draw", "Draw the points that the generator should imitate", func() { c.cards[studio.Drawn].Tapped(nil) })
	top := container.NewVBox(ui.NewHeading("Your data"), c.zone, container.NewGridWithColumns(2, folder, file, more, draw))
	list := container.NewVBox()
	c.recent = newRecent(s, func() {
		ui.Relayout(c.recent.box, list)
		c.sight.list.Refresh()
	})
	list.Add(c.recent.box)
	list.Add(ui.NewHeading("Built in"))
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
		if own := c.recent.cardOf(data); own != nil {
			return own.card
		}
		return nil
	})
	c.box = ui.NewPanel(widgets.Border(top, nil, nil, nil, c.sight.box))
	return c
}

// refresh marks the card of the plan's data.
func (c *choices) refresh() {
	data, s := c.s.Plan.Now().Data, c.s.Data
	for name, card := range c.cards {
		card.SetSelected(name == data)
	}
	c.recent.refresh()
	c.zone.SetHighlighted(s.Opening && (!datasets.IsBuiltin(data) || s.Coming != ""))
}

// thumbnail draws a few items of a set.
func thumbnail(set datasets.Set) image.Image { return lookOf(set.Info().Kind).thumbnail(set) }

// setVisible says whether the column can be seen.
func (c *choices) setVisible(on bool) {
	c.recent.setVisible(on)
	if on {
		c.loadThumbnails()
	}
}

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
