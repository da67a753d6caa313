package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// compactTheme is the application's theme with less air, for many small controls close together.
type compactTheme struct{}

func (compactTheme) current() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color is part of fyne.Theme.
func (t compactTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	return t.current().Color(name, variant)
}

// Font is part of fyne.Theme.
func (t compactTheme) Font(style fyne.TextStyle) fyne.Resource { return t.current().Font(style) }

// Icon is part of fyne.Theme.
func (t compactTheme) Icon(name fyne.ThemeIconName) fyne.Resource { return t.current().Icon(name) }

// Size is part of fyne.Theme.
func (t compactTheme) Size(name fyne.ThemeSizeName) float32 {
	size := t.current().Size(name)
	switch name {
	case theme.SizeNameInnerPadding:
		return size / 2
	case theme.SizeNamePadding:
		return size / 2
	case theme.SizeNameInlineIcon:
		return size * 0.8
	case theme.SizeNameText:
		return size - 1
	}
	return size
}

// trackTheme is the application's theme with sliders' tracks as visible as entries' borders: Fyne draws them in the colour of
// entries, which is hardly another than the panel's.
type trackTheme struct{ compactTheme }

// Color is part of fyne.Theme.
func (t trackTheme) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameInputBackground {
		name = theme.ColorNameInputBorder
	}
	return t.current().Color(name, variant)
}

// Size is part of fyne.Theme.
func (t trackTheme) Size(name fyne.ThemeSizeName) float32 { return t.current().Size(name) }
