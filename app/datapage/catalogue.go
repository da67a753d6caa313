package datapage

import (
	"context"
	"errors"
	"net/http"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/studio"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets/catalog"
	"ganvas/engine/eta"
	"ganvas/engine/session"
	"ganvas/internal/feed"
)

// A catalogue offers sets of data that their makers let everybody download. Downloads go on while
// it is closed.
type catalogue struct {
	s      *studio.Studio
	host   ui.Host
	used   func()
	sets   []catalog.Set
	client *http.Client                         // nil: the usual one
	after  func(time.Duration) <-chan time.Time // nil: time.After
	rows   []*catalogueRow                      // nil: never shown yet
	dialog *dialog.CustomDialog                 // nil: not shown
}

// newCatalogue returns a catalogue; used is called when a set is about to be learnt from.
func newCatalogue(s *studio.Studio, host ui.Host, used func()) *catalogue {
	return &catalogue{s: s, host: host, used: used, sets: catalog.Sets()}
}

// show shows the catalogue.
func (c *catalogue) show() {
	if c.dialog != nil {
		return
	}
	if c.rows == nil {
		for _, s := range c.sets {
			c.rows = append(c.rows, newCatalogueRow(c, s))
		}
	}
	list := container.NewVBox()
	for i, r := range c.rows {
		if i > 0 {
			list.Add(widget.NewSeparator())
		}
		r.refresh()
		list.Add(r.box)
	}
	head := ui.NewNote("Downloads come only from the makers' own addresses. One that was interrupted continues where it stopped. A file is used only if its " +
		"size and SHA-256 are right.")
	scroll := container.NewVScroll(ui.ClearOfBar(list))
	body := container.NewBorder(container.New(layout.NewCustomPaddedLayout(0, 4, 8, 8), head), nil, nil, nil, container.New(ui.FixedHeight(430), scroll))
	d := ui.NewDialog("Download data", ui.WithWidth(740, body), c.host.Window())
	closing := ui.DialogButton("Close", nil, func() { d.Hide() })
	ui.SetButtons(d, closing)
	d.SetOnClosed(func() { c.dialog = nil })
	c.dialog = d
	c.host.Present(d, ui.Always)
	c.host.Window().Canvas().Focus(closing)
}

// use makes the plan learn from a set, and closes the catalogue.
func (c *catalogue) use(s catalog.Set) {
	if c.dialog != nil {
		c.dialog.Hide()
	}
	c.used()
	c.s.Data.Choose(s.Path(session.DownloadDir()))
}

// transfer is how far a download has come.
type transfer struct {
	done, total int64
	rate        float64       // bytes a second; 0: not known yet
	left        time.Duration // 0: not known yet
}

// download brings a set here in the background.
func (c *catalogue) download(r *catalogueRow) {
	r.err = nil
	from := r.set.Loaded(session.DownloadDir())
	var estimator *eta.Estimator
	report := func(done, total int64) {
		now := time.Now()
		if estimator == nil {
			estimator = eta.New(now, float64(done)) // what lay there already took no time
		}
		estimator.Note(now, float64(done))
		r.feed.Put(transfer{done: done, total: total, rate: estimator.Rate(now), left: estimator.Left(now, float64(total))})
	}
	r.state = transfer{done: from, total: r.set.Size()}
	r.cancel = c.s.Jobs.StartWriting(func(ctx context.Context) error {
		return catalog.Downloader{Dir: session.DownloadDir(), Client: c.client, After: c.after}.Download(ctx, r.set, report)
	}, func(err error) {
		r.cancel = nil
		if !errors.Is(err, context.Canceled) {
			r.err = err
		}
		r.refresh()
		if c.dialog != nil {
			return
		}
		if r.err != nil {
			c.host.Fail(r.err)
		} else if err == nil {
			c.s.Inform(r.set.Title+" is downloaded.", studio.Choice{Title: "Use it", Do: func() { c.use(r.set) }})
		}
	})
	r.refresh()
}

// remove deletes a set from the disk, after asking.
func (c *catalogue) remove(r *catalogueRow) {
	have := words.ByteSize(r.set.Loaded(session.DownloadDir()))
	c.host.Confirm(ui.Always, "Delete the download?", "Delete", r.set.Title+", "+have+", is deleted from this computer. Runs that learnt from it ask for it when they are opened again.", func(ok bool) {
		if !ok {
			return
		}
		if err := r.set.Remove(session.DownloadDir()); err != nil {
			c.host.Fail(err)
		}
		r.err = nil
		r.refresh()
	})
}

// newCatalogueRow returns the row of a set.
func newCatalogueRow(c *catalogue, s catalog.Set) *catalogueRow {
	r := &catalogueRow{catalogue: c, set: s}
	r.feed = feed.Feed[transfer]{Do: c.s.Do, Show: r.progress}
	r.build()
	return r
}
