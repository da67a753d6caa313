package datapage

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"github.com/dustin/go-humanize"

	"ganvas/app/studio"
	"ganvas/app/titles"
	"ganvas/app/ui"
	"ganvas/app/words"
	"ganvas/datasets"
	"ganvas/widgets"
)

// A healthReport tells on the Data page what is wrong with the data, and shows the items that it is
// about.
type healthReport struct {
	s       *studio.Studio
	host    ui.Host
	box     *fyne.Container // hidden where there is nothing to say
	title   *widget.Label
	detail  *ui.Note
	all     *widgets.TippedButton // ends the choice of items
	rows    *fyne.Container
	list    *fyne.Container   // the rows, which scroll
	show    func(items []int) // has the page show some items; nil: all
	changed func()            // the report has changed
	build   func()            // turns to the networks

	set   datasets.Set       // what the report is of, or will be
	found []datasets.Finding // nil: not known yet, or nothing

	offered setting // for which the rows have their buttons
	cancel  context.CancelFunc
}

func newHealthReport(s *studio.Studio, host ui.Host, show func(items []int), changed, build func()) *healthReport {
	h := &healthReport{s: s, host: host, show: show, changed: changed, build: build, title: ui.NewSection("Health"), detail: ui.NewNoteLine(""), rows: container.NewVBox()}
	h.all = widgets.TipButton(theme.ContentClearIcon(), "Show all", "Shows all items again", func() { h.choose("", nil) })
	h.all.Hide()
	scroll := container.NewVScroll(ui.ClearOfBar(h.rows))
	h.list = container.New(upTo{scroll, mostOfRows}, widgets.ScrollWithin(scroll))
	h.box = container.NewVBox(container.NewBorder(nil, nil, h.title, h.all, h.detail), h.list)
	h.box.Hide()
	return h
}

// examine looks at a set in the background, unless it is known already.
func (h *healthReport) examine(set datasets.Set) {
	if set == h.set {
		if now := h.setting(); h.found != nil && now != h.offered { // what can still be done has changed
			h.fill(h.found)
		}
		return
	}
	h.found = nil
	if h.cancel != nil {
		h.cancel()
	}
	h.set = set
	h.fill(nil)
	ui.SetShown(h.all, false)
	ui.SetShown(h.box, set != nil)
	if set == nil {
		return
	}
	h.detail.Set("being examined …")
	told := h.s.Jobs.HowFar(func(text string) {
		if h.set == set && len(h.rows.Objects) == 0 {
			h.detail.Set("being examined, " + text)
		}
	})
	var found []datasets.Finding
	h.cancel = h.s.Jobs.Start(func(ctx context.Context) (err error) {
		found, err = lookOf(set.Info().Kind).examine(ctx, set, told)
		return err
	}, func(err error) {
		if h.set != set || err != nil {
			return // there are other data now
		}
		h.report(found)
	})
}

// stop ends the examination; the next one begins anew.
func (h *healthReport) stop() {
	if h.cancel != nil {
		h.cancel()
	}
	if h.found == nil {
		h.set = nil
	}
}

// report shows findings.
func (h *healthReport) report(found []datasets.Finding) {
	if f, ok := h.s.Data.FewForNetwork(); ok {
		found = append(found, f)
	}
	h.found = found
	h.fill(found)
	h.summarise()
	h.changed()
}

// mostOfRows is how high the rows may be before they scroll: three of one line, or two of two.
const mostOfRows = 100

// An upTo layout gives its only object, a scroll, the height of what is in it, up to its own.
type upTo struct {
	scroll *container.Scroll
	most   float32
}

// Layout is part of fyne.Layout.
func (u upTo) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	ui.FixedWidth(0).Layout(objects, size)
}

// MinSize is part of fyne.Layout.
func (u upTo) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, min(u.most, u.scroll.Content.MinSize().Height))
}

// A setting is what of the plan decides which remedies there are.
type setting struct {
	mirror bool
	fit    string
	size   int
}

func (h *healthReport) setting() setting {
	r := h.s.Plan.Now()
	return setting{r.Mirror, r.Fit, r.ImageSize}
}

func (h *healthReport) fill(found []datasets.Finding) {
	h.rows.RemoveAll()
	h.offered = h.setting()
	for _, f := range found {
		h.rows.Add(h.row(f))
	}
	ui.SetShown(h.list, len(h.rows.Objects) > 0)
	h.place()
}

// place gives each row the height of its sentence, which is known once it has a width.
func (h *healthReport) place() {
	for _, o := range h.rows.Objects {
		ui.Relayout(o.(*fyne.Container))
	}
	ui.Relayout(h.rows, h.list, h.box)
}

func (h *healthReport) summarise() {
	if n := len(h.rows.Objects); n > 0 {
		h.detail.Set(words.Counted(n, "finding"))
	} else if h.set != nil {
		h.detail.Set(lookOf(h.set.Info().Kind).sound)
	}
}

// mild are the findings that are worth a look, but may well be as they should.
var mild = []string{"few-items", "few-for-network", "near-duplicates", "nearly-blank", "next-to-black", "held-out-copies", "extreme-aspect"}

// row is a finding with its advice, and buttons: to see what it is about, and to do something about
// it.
func (h *healthReport) row(f datasets.Finding) fyne.CanvasObject {
	text := ui.NewNote(words.Sentence(f.Title) + ". " + f.Advice)
	icon := widget.NewIcon(theme.WarningIcon())
	if slices.Contains(mild, f.Name) {
		icon.SetResource(theme.InfoIcon())
	}
	buttons := container.NewHBox()
	if f.Name == "unreadable" {
		buttons.Add(widgets.TipButton(theme.VisibilityIcon(), "Show", "Shows what was left out, each with its reason", h.showSkipped))
	}
	if items := h.wholeItems(f); len(items) > 0 {
		buttons.Add(widgets.TipButton(theme.VisibilityIcon(), "Show", "Shows these items alone", func() { h.choose(f.Title, items) }))
	}
	if r, ok := h.remedyOf(f); ok {
		buttons.Add(widgets.TipButton(r.icon, r.title, r.tip, r.do))
	}
	right := widgets.Dense(container.New(layout.NewCenterLayout(), buttons))
	return container.NewBorder(nil, nil, icon, right, text)
}

// showSkipped lists what could not be read, with the reasons.
func (h *healthReport) showSkipped() {
	skips := h.set.Info().Skipped
	list := widget.NewList(func() int { return len(skips) }, func() fyne.CanvasObject { return ui.NewLine("") },
		func(i widget.ListItemID, o fyne.CanvasObject) {
			ui.SetText(o.(*widget.Label), skips[i].Path+": "+skips[i].Reason)
		})
	list.HideSeparators = true
	h.host.InformOf(h.s.ThisData(), words.Counted(len(skips), "file")+" left out", container.New(ui.FixedWidth(640), container.New(ui.FixedHeight(320), list)))
}

// wholeItems returns the items that a finding is about, by their numbers before any were left out;
// none where it is about something else, such as columns.
func (h *healthReport) wholeItems(f datasets.Finding) []int {
	if !lookOf(h.set.Info().Kind).aboutItems {
		return nil
	}
	items := make([]int, len(f.Items))
	for i, item := range f.Items {
		_, items[i] = datasets.Whole(h.set, item)
	}
	return items
}

// A remedy is what a finding's button does.
type remedy struct {
	icon       fyne.Resource
	title, tip string
	do         func()
}

// remedyOf returns what can be done about a finding; false where only the user can, outside of the
// program.
func (h *healthReport) remedyOf(f datasets.Finding) (remedy, bool) {
	r := h.s.Plan.Now()
	switch {
	case f.Name == "extreme-aspect" && r.Fit == "crop":
		return remedy{theme.ViewFullScreenIcon(), "Pad instead", "Shows the whole of every picture, with a border", func() { h.s.Data.SetPreprocessing("fit", "pad") }}, true
	case f.Name == "few-items" && !r.Mirror:
		return remedy{theme.MediaReplayIcon(), "Mirror", titles.Tip("mirror"), func() { h.s.Data.SetPreprocessing("mirror", "true") }}, true
	case f.Name == "few-items" || f.Name == "few-for-network":
		return remedy{theme.NavigateNextIcon(), "To Build", "Choose smaller networks, which memorise less", h.build}, true
	case f.Name == "too-small" && 2*len(f.Items) > h.set.Len():
		if size := smallerSize(r.ImageSize); size != "" {
			return remedy{theme.ZoomOutIcon(), "Size " + size, "Most pictures are small: brings all to this size", func() { h.s.Data.SetPreprocessing("image_size", size) }}, true
		}
	case f.Name == "held-out-copies":
		return remedy{}, false // to leave out what is held out would leave the rest as much alike
	}
	items := h.wholeItems(f)
	if len(items) == 0 {
		return remedy{}, false
	}
	what := fmt.Sprintf("Leave out %s", humanize.Comma(int64(len(items))))
	return remedy{theme.VisibilityOffIcon(), what, "Continues without these items; can be undone", func() { h.s.Data.LeaveOut(items) }}, true
}

// smallerSize returns the next size below one, or nothing.
func smallerSize(size int) string {
	for _, s := range slices.Backward(pictureSizes) {
		if n, err := strconv.Atoi(s); err == nil && n < size {
			return s
		}
	}
	return ""
}

// choose shows some items, or all if items is nil.
func (h *healthReport) choose(what string, items []int) {
	ui.SetShown(h.all, items != nil)
	if items != nil {
		h.detail.Set("showing: " + what)
	} else {
		h.summarise()
	}
	h.show(items)
}
