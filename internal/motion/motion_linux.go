package motion

import "github.com/rymdport/portal/settings"

// reduced asks the desktop: GNOME and others say whether windows are animated, newer ones whether
// movement is to be reduced.
func reduced() bool {
	if v, err := settings.ReadOne("org.freedesktop.appearance", "reduced-motion"); err == nil && isReduced(v) {
		return true
	}
	v, err := settings.ReadOne("org.gnome.desktop.interface", "enable-animations")
	return err == nil && isOff(v)
}

// isReduced tells whether a value of reduced-motion asks for it: 1 does, 0 is no preference.
func isReduced(v any) bool {
	n, ok := v.(uint32)
	return ok && n == 1
}

// isOff tells whether a switch is off.
func isOff(v any) bool {
	on, ok := v.(bool)
	return ok && !on
}
