package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"ganvas/engine/doctor"
)

// Sign returns the icon of a severity: each has a shape of its own.
func Sign(s doctor.Severity) fyne.Resource {
	switch s {
	case doctor.Alarm:
		return theme.NewErrorThemedResource(theme.ErrorIcon())
	case doctor.Warning:
		return theme.NewWarningThemedResource(theme.WarningIcon())
	}
	return theme.NewPrimaryThemedResource(theme.InfoIcon())
}
