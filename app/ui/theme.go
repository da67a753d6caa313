package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// A look is Ganvas' theme: Fyne's own with tighter spacing, quiet surfaces and a violet accent.
type look struct {
	fyne.Theme
	scheme string // "system", "light" or "dark"
}

// NewTheme returns the look of the window in one of settings.Schemes.
func NewTheme(scheme string) fyne.Theme { return &look{Theme: theme.DefaultTheme(), scheme: scheme} }

func rgb(hex uint32) color.NRGBA {
	return color.NRGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 0xff}
}

func alpha(c color.NRGBA, a uint8) color.NRGBA {
	c.A = a
	return c
}

var (
	violetOnDark  = rgb(0x9d8cff)
	violetOnLight = rgb(0x5a45d6)
)

// Backgrounds are graded: window, then fields and cards, then what floats above.
var darkColors = map[fyne.ThemeColorName]color.Color{
	theme.ColorNameBackground:          rgb(0x16181d),
	theme.ColorNameButton:              rgb(0x323742),
	theme.ColorNameDisabled:            rgb(0x6b7280),
	theme.ColorNameDisabledButton:      rgb(0x20232a),
	theme.ColorNameError:               rgb(0xff8a80),
	theme.ColorNameFocus:               alpha(violetOnDark, 0x50),
	theme.ColorNameForeground:          rgb(0xe6e8ec),
	theme.ColorNameForegroundOnError:   rgb(0x16181d),
	theme.ColorNameForegroundOnPrimary: rgb(0x16131f),
	theme.ColorNameForegroundOnSuccess: rgb(0x16181d),
	theme.ColorNameForegroundOnWarning: rgb(0x16181d),
	theme.ColorNameHeaderBackground:    rgb(0x1c1f25),
	theme.ColorNameHover:               alpha(rgb(0xffffff), 0x12),
	theme.ColorNameHyperlink:           violetOnDark,
	theme.ColorNameInputBackground:     rgb(0x272b33),
	theme.ColorNameInputBorder:         rgb(0x596070),
	theme.ColorNameMenuBackground:      rgb(0x23262e),
	theme.ColorNameOverlayBackground:   rgb(0x1c1f26),
	theme.ColorNamePlaceHolder:         rgb(0x9aa1ad),
	theme.ColorNamePressed:             alpha(rgb(0xffffff), 0x28),
	theme.ColorNamePrimary:             violetOnDark,
	theme.ColorNameScrollBar:           alpha(rgb(0xffffff), 0x55),
	theme.ColorNameScrollBarBackground: rgb(0x272b33),
	theme.ColorNameSelection:           alpha(violetOnDark, 0x48),
	theme.ColorNameSeparator:           rgb(0x2c3038),
	theme.ColorNameShadow:              alpha(rgb(0x000000), 0x77),
	theme.ColorNameSuccess:             rgb(0x6fd3b4),
	theme.ColorNameWarning:             rgb(0xf2b84b),
}

var lightColors = map[fyne.ThemeColorName]color.Color{
	theme.ColorNameBackground:          rgb(0xf7f7f9),
	theme.ColorNameButton:              rgb(0xe8e8ee),
	theme.ColorNameDisabled:            rgb(0x9a9ca8),
	theme.ColorNameDisabledButton:      rgb(0xefeff3),
	theme.ColorNameError:               rgb(0xb3261e),
	theme.ColorNameFocus:               alpha(violetOnLight, 0x38),
	theme.ColorNameForeground:          rgb(0x23252d),
	theme.ColorNameForegroundOnError:   rgb(0xffffff),
	theme.ColorNameForegroundOnPrimary: rgb(0xffffff),
	theme.ColorNameForegroundOnSuccess: rgb(0xffffff),
	theme.ColorNameForegroundOnWarning: rgb(0x23252d),
	theme.ColorNameHeaderBackground:    rgb(0xffffff),
	theme.ColorNameHover:               alpha(rgb(0x000000), 0x0d),
	theme.ColorNameHyperlink:           violetOnLight,
	theme.ColorNameInputBackground:     rgb(0xf0f0f5),
	theme.ColorNameInputBorder:         rgb(0xa8abb9),
	theme.ColorNameMenuBackground:      rgb(0xffffff),
	theme.ColorNameOverlayBackground:   rgb(0xffffff),
	theme.ColorNamePlaceHolder:         rgb(0x6c6f7c),
	theme.ColorNamePressed:             alpha(rgb(0x000000), 0x1c),
	theme.ColorNamePrimary:             violetOnLight,
	theme.ColorNameScrollBar:           alpha(rgb(0x000000), 0x55),
	theme.ColorNameScrollBarBackground: rgb(0xe8e8ee),
	theme.ColorNameSelection:           alpha(violetOnLight, 0x30),
	theme.ColorNameSeparator:           rgb(0xdddee5),
	theme.ColorNameShadow:              alpha(rgb(0x000000), 0x1c),
	theme.ColorNameSuccess:             rgb(0x16705a),
	theme.ColorNameWarning:             rgb(0xa86a00),
}

var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNamePadding:         4,
	theme.SizeNameInnerPadding:    6,
	theme.SizeNameText:            13,
	theme.SizeNameCaptionText:     11,
	theme.SizeNameHeadingText:     20,
	theme.SizeNameSubHeadingText:  15,
	theme.SizeNameInlineIcon:      17,
	theme.SizeNameLineSpacing:     3,
	theme.SizeNameScrollBar:       10,
	theme.SizeNameScrollBarSmall:  3,
	theme.SizeNameInputRadius:     5,
	theme.SizeNameSelectionRadius: 4,
}

// Color is part of fyne.Theme. The variant counts only where the scheme leaves it to the system.
func (l *look) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	light := variant == theme.VariantLight
	if l.scheme != "system" {
		light = l.scheme == "light"
	}
	colors := darkColors
	variant = theme.VariantDark
	if light {
		colors, variant = lightColors, theme.VariantLight
	}
	if c, ok := colors[name]; ok {
		return c
	}
	return l.Theme.Color(name, variant)
}

// Size is part of fyne.Theme.
func (l *look) Size(name fyne.ThemeSizeName) float32 {
	if s, ok := sizes[name]; ok {
		return s
	}
	return l.Theme.Size(name)
}
