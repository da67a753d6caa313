package datapage

import (
	"context"
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets/catalog"
	"ganvas/engine/session"
	"ganvas/internal/feed"
	"ganvas/widgets"
)

// A catalogueRow is a set of the catalogue: what it is, whose, how large, and what can be done.
type catalogueRow struct {
	catalogue *catalogue
	set       catalog.Set
	feed      feed.Feed[transfer]
	cancel    context.CancelFunc // of the download; nil: none
	state     transfer
	err       error // why the last one failed

	box             *fyne.Container
	inner           *fyne.Container // what comes and goes
	status, trouble *ui.Note
	bar             *widget.ProgressBar
	line            *fyne.Container // bar
	details         *widget.Label
	load, stop, use *widgets.TippedButton
	remove          *widgets.TippedButton
}

func (r *catalogueRow) build() {
	s, c := r.set, r.catalogue
	r.load = widgets.TipButton(theme.DownloadIcon(), "Download", "Brings "+words.ByteSize(s.Size())+" to this computer", func() { c.download(r) })
	r.stop = widgets.TipButton(theme.CancelIcon(), "Cancel", "Stops. What is downloaded stays, and the download can continue from there", func() {
		if r.cancel != nil {
			r.cancel()
		}
	})
	r.use = widgets.TipButton(theme.ConfirmIcon(), "Use", "Makes the generator learn from it", func() { c.use(s) })
	r.use.Importance = widget.HighImportance
	r.remove = widgets.TipButton(theme.DeleteIcon(), "", "Deletes it from this computer", func() { c.remove(r) })
	r.details = ui.NewText(catalogueDetails(s))
	r.details.SizeName = theme.SizeNameCaptionText
	r.details.Selectable = true
	r.details.Wrapping = fyne.TextWrapBreak
	r.details.Hide()
	more := widgets.TipButton(theme.InfoIcon(), "", "Its makers, addresses and SHA-256", func() {
		ui.SetShown(r.details, !r.details.Visible())
		r.place()
	})
	more.Importance, r.remove.Importance = widget.LowImportance, widget.LowImportance
	r.status, r.trouble = ui.NewNoteLine(""), ui.NewNote("")
	r.trouble.SetColor(theme.ColorNameError)
	r.bar = widget.NewProgressBar()
	r.bar.TextFormatter = func() string { return "" }
	r.line = container.New(layout.NewCustomPaddedLayout(0, 4, 8, 8), container.New(ui.FixedHeight(8), r.bar))
	title := widget.NewLabelWithStyle(s.Title, fyne.TextAlignLeading, fyne.TextStyle{Bold: true})
	head := container.NewBorder(nil, nil, title, container.NewHBox(r.load, r.stop, r.use, r.remove, more), ui.NewLine(s.About))
	r.inner = container.NewVBox(head, r.status, r.line, r.trouble, r.details)
	r.box = container.New(layout.NewCustomPaddedLayout(2, 2, 8, 8), r.inner)
}

// catalogueDetails says all that there is to know about a set.
func catalogueDetails(s catalog.Set) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\nDescribed at %s\nLicence: %s", s.Makers, s.Page, s.Licence)
	for _, f := range s.Files {
		fmt.Fprintf(&b, "\n\n%s\n%s bytes, SHA-256 %s", f.URL, humanize.Comma(f.Size), f.SHA256)
	}
	return b.String()
}

// refresh shows how the set is now.
func (r *catalogueRow) refresh() {
	dir := session.DownloadDir()
	here, have, going := r.set.Here(dir), r.set.Loaded(dir), r.cancel != nil
	ui.SetShown(r.load, !here && !going)
	ui.SetShown(r.stop, going)
	ui.SetShown(r.use, here && !going)
	ui.SetShown(r.remove, have > 0 && !going)
	label := "Download"
	if have > 0 {
		label = "Go on"
	}
	if r.load.Text != label {
		r.load.SetText(label)
	}
	ui.SetShown(r.line, going)
	ui.SetShown(r.trouble, r.err != nil && !going)
	if r.err != nil {
		r.trouble.Set(words.Sentence(strings.TrimPrefix(r.err.Error(), "download "+r.set.Name+": ")))
	}
	switch {
	case going:
		r.progress(r.state)
	case here:
		r.status.Set(words.ByteSize(r.set.Size()) + ", here · licence: " + r.set.Licence)
	case have > 0:
		r.status.Set(words.ByteSize(have) + " of " + words.ByteSize(r.set.Size()) + " are here · licence: " + r.set.Licence)
	default:
		r.status.Set(words.ByteSize(r.set.Size()) + " · licence: " + r.set.Licence)
	}
	r.place()
}

// place lays the row out anew.
func (r *catalogueRow) place() {
	r.inner.Refresh()
	r.box.Refresh()
}

// progress shows how far the download has come.
func (r *catalogueRow) progress(t transfer) {
	if r.cancel == nil {
		return
	}
	r.state = t
	r.bar.SetValue(float64(t.done) / float64(max(1, t.total)))
	text := words.ByteSize(t.done) + " of " + words.ByteSize(t.total)
	if t.left > 0 {
		text += fmt.Sprintf(", %s a second, %s", words.ByteSize(int64(t.rate)), words.Left(t.left))
	}
	r.status.Set(text)
}
