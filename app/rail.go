package app

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"ganvas/app/ui"
	"ganvas/widgets"
)

// A pageID names one of the pages, in the order of the rail.
type pageID int

const (
	pageStart pageID = iota
	pageData
	pageBuild
	pageTrain
	pageExplore
	pageJudge
	pageRuns
)

var pageTitles = []string{"Start", "Data", "Build", "Train", "Explore", "Judge", "Runs"}

var pageTips = []string{
	"What this is, and ways in",
	"What the generator learns to imitate",
	"The two networks and how they play",
	"Watch the generator learn",
	"Move through what the generator learnt",
	"What the samples are worth, beside real data",
	"Every run of the project, and several side by side",
}

// newRail returns the column at the left that chooses the page, and its items.
func newRail(choose func(pageID)) (fyne.CanvasObject, []*railItem) {
	icons := []*theme.ThemedResource{ui.IconStart, ui.IconData, ui.IconBuild, ui.IconTrain, ui.IconExplore, ui.IconJudge, ui.IconRuns}
	var items []*railItem
	column := container.NewVBox()
	for i, title := range pageTitles {
		item := newRailItem(title, icons[i], func() { choose(pageID(i)) })
		items = append(items, item)
		column.Add(widgets.Tip(item, fmt.Sprintf("%s (Ctrl+%d)", pageTips[i], i)))
	}
	return container.NewStack(ui.NewSurface(theme.ColorNameHeaderBackground), container.NewPadded(column)), items
}

// A railItem is an icon over a word that can be chosen.
type railItem struct {
	widget.BaseWidget
	title    string
	icon     *theme.ThemedResource
	tapped   func()
	selected bool
	hovered  bool
	focused  bool
}

func newRailItem(title string, icon *theme.ThemedResource, tapped func()) *railItem {
	r := &railItem{title: title, icon: icon, tapped: tapped}
	r.ExtendBaseWidget(r)
	return r
}

func (r *railItem) setSelected(selected bool) {
	if r.selected != selected {
		r.selected = selected
		r.Refresh()
	}
}

// Tapped is part of fyne.Tappable.
func (r *railItem) Tapped(*fyne.PointEvent) { r.tapped() }

// MouseIn is part of desktop.Hoverable.
func (r *railItem) MouseIn(*desktop.MouseEvent) { r.hovered = true; r.Refresh() }

// MouseMoved is part of desktop.Hoverable.
func (r *railItem) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is part of desktop.Hoverable.
func (r *railItem) MouseOut() { r.hovered = false; r.Refresh() }

// FocusGained is part of fyne.Focusable.
func (r *railItem) FocusGained() { r.focused = true; r.Refresh() }

// FocusLost is part of fyne.Focusable.
func (r *railItem) FocusLost() { r.focused = false; r.Refresh() }

// TypedRune is part of fyne.Focusable.
func (r *railItem) TypedRune(rune) {}

// TypedKey chooses the page with Enter or Space.
func (r *railItem) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		r.tapped()
	}
}

// CreateRenderer is part of fyne.Widget.
func (r *railItem) CreateRenderer() fyne.WidgetRenderer {
	t := &railRenderer{item: r, back: canvas.NewRectangle(nil), bar: canvas.NewRectangle(nil), icon: canvas.NewImageFromResource(r.icon), text: canvas.NewText(r.title, nil)}
	t.icon.FillMode = canvas.ImageFillContain
	t.text.Alignment = fyne.TextAlignCenter
	t.objects = []fyne.CanvasObject{t.back, t.bar, t.icon, t.text}
	t.apply()
	return t
}

type railRenderer struct {
	item      *railItem
	back, bar *canvas.Rectangle
	icon      *canvas.Image
	text      *canvas.Text
	objects   []fyne.CanvasObject
}

const railWidth, railHeight, railIcon = 68, 56, 22

func (t *railRenderer) Layout(size fyne.Size) {
	t.back.Resize(size)
	t.bar.Resize(fyne.NewSize(3, size.Height-16))
	t.bar.Move(fyne.NewPos(0, 8))
	t.icon.Resize(fyne.NewSquareSize(railIcon))
	t.icon.Move(fyne.NewPos((size.Width-railIcon)/2, 8))
	t.text.Resize(fyne.NewSize(size.Width, t.text.MinSize().Height))
	t.text.Move(fyne.NewPos(0, 8+railIcon+3))
}

func (t *railRenderer) apply() {
	r := t.item
	fill := func(name fyne.ThemeColorName) { t.back.FillColor = theme.ColorForWidget(name, r) }
	t.back.CornerRadius = theme.SizeForWidget(theme.SizeNameInputRadius, r)
	t.bar.CornerRadius = 1.5
	switch {
	case r.selected:
		fill(theme.ColorNameSelection)
	case r.hovered:
		fill(theme.ColorNameHover)
	default:
		t.back.FillColor = color.Transparent
	}
	t.back.StrokeWidth, t.back.StrokeColor = 0, nil
	if r.focused {
		t.back.StrokeWidth, t.back.StrokeColor = 2, theme.ColorForWidget(theme.ColorNameFocus, r)
	}
	t.bar.Hidden = !r.selected
	t.bar.FillColor = theme.ColorForWidget(theme.ColorNamePrimary, r)
	t.text.Color = theme.ColorForWidget(theme.ColorNameForeground, r)
	t.text.TextSize = theme.SizeForWidget(theme.SizeNameCaptionText, r) + 1
	t.text.TextStyle = fyne.TextStyle{Bold: r.selected}
	t.icon.Resource = r.icon
	if r.selected {
		t.icon.Resource = theme.NewPrimaryThemedResource(r.icon)
	}
}

func (t *railRenderer) Refresh() {
	t.apply()
	t.Layout(t.item.Size())
	for _, o := range t.objects {
		o.Refresh()
	}
}

func (t *railRenderer) MinSize() fyne.Size           { return fyne.NewSize(railWidth, railHeight) }
func (t *railRenderer) Objects() []fyne.CanvasObject { return t.objects }
func (t *railRenderer) Destroy()                     {}
