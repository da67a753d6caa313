package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Dense returns content with less air and smaller text, for forms of many rows. Refreshing it gives
// the theme to objects that were added to content since.
func Dense(content fyne.CanvasObject) *Themed { return newThemed(content, denseScope) }

// compact returns content with half the air, for many small controls close together.
func compact(content fyne.CanvasObject) *Themed { return newThemed(content, compactScope) }

// Fyne loads all fonts anew for each container.ThemeOverride, and once more whenever one is
// refreshed, and never lets go of them: some megabytes for each row of a form. So every object of
// one theme belongs to one scope here.
var (
	denseScope   = &themeScope{change: change{innerPadding: -2, text: -1}}
	compactScope = &themeScope{change: change{innerPadding: -3, text: -1, inlineIcon: 0.8}}
	trackScope   = &themeScope{change: change{track: true}}
	allScopes    = []*themeScope{denseScope, compactScope, trackScope}
)

// change is the application's theme with other sizes.
type change struct {
	innerPadding, text float32 // added
	inlineIcon         float32 // factor; 0: 1
	track              bool    // sliders' tracks are as visible as entries' borders
}

// changedMark is a size that only a change has.
const changedMark fyne.ThemeSizeName = "ganvas-changed"

func (change) current() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color is part of fyne.Theme. Fyne draws tracks in the colour of entries, which is hardly another
// than the panel's.
func (c change) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if c.track && name == theme.ColorNameInputBackground {
		name = theme.ColorNameInputBorder
	}
	return c.current().Color(name, variant)
}

// Font is part of fyne.Theme.
func (c change) Font(style fyne.TextStyle) fyne.Resource { return c.current().Font(style) }

// Icon is part of fyne.Theme.
func (c change) Icon(name fyne.ThemeIconName) fyne.Resource { return c.current().Icon(name) }

// Size is part of fyne.Theme.
func (c change) Size(name fyne.ThemeSizeName) float32 {
	if name == changedMark {
		return 1
	}
	size := c.current().Size(name)
	switch name {
	case theme.SizeNameInnerPadding:
		return size + c.innerPadding
	case theme.SizeNameText:
		return size + c.text
	case theme.SizeNameInlineIcon:
		if c.inlineIcon > 0 {
			return size * c.inlineIcon
		}
	}
	return size
}

// A themeScope gives one theme to many objects. A list passes its own scope on to each row that it
// makes, which is the only way to share one: so every object is made a row once.
type themeScope struct {
	change change
	list   *widget.List
}

// adopt gives the scope's theme to o and what is in it.
func (s *themeScope) adopt(o fyne.CanvasObject) {
	if s.list == nil || theme.CurrentForWidget(s.list).Size(changedMark) == 0 {
		s.list = widget.NewList(func() int { return 0 }, nil, func(widget.ListItemID, fyne.CanvasObject) {})
		container.NewThemeOverride(s.list, s.change)
	}
	s.list.CreateItem = func() fyne.CanvasObject { return o }
	s.list.Refresh()
	s.list.CreateItem = nil
}

// keepScopes keeps the scopes from being dropped, as Fyne does with what was not asked for anything
// for a minute.
func keepScopes() {
	for _, s := range allScopes {
		if s.list != nil {
			s.list.MinSize()
		}
	}
}

// Themed is an object in a theme with other sizes; see Dense.
type Themed struct {
	widget.BaseWidget
	Content fyne.CanvasObject
	scope   *themeScope
}

func newThemed(content fyne.CanvasObject, scope *themeScope) *Themed {
	t := &Themed{Content: content, scope: scope}
	t.ExtendBaseWidget(t)
	return t
}

// held is part of holder.
func (t *Themed) held() []fyne.CanvasObject { return []fyne.CanvasObject{t.Content} }

// SetDeviceIsMobile keeps a scope around this one from going into it: Fyne knows a change of theme
// by this method.
func (t *Themed) SetDeviceIsMobile(bool) {}

// Refresh gives the theme to what is new in the content.
func (t *Themed) Refresh() {
	t.scope.adopt(t.Content)
	t.BaseWidget.Refresh()
}

// CreateRenderer is part of fyne.Widget.
func (t *Themed) CreateRenderer() fyne.WidgetRenderer {
	t.scope.adopt(t.Content)
	return &themedRenderer{objects: []fyne.CanvasObject{t.Content}}
}

type themedRenderer struct{ objects []fyne.CanvasObject }

func (r *themedRenderer) Layout(size fyne.Size) {
	r.objects[0].Move(fyne.Position{})
	r.objects[0].Resize(size)
}

func (r *themedRenderer) MinSize() fyne.Size { return r.objects[0].MinSize() }

func (r *themedRenderer) Objects() []fyne.CanvasObject {
	keepScopes() // asked for in every frame that shows one of them
	return r.objects
}

func (r *themedRenderer) Refresh() {}
func (r *themedRenderer) Destroy() {}
