// Package smoke holds the test of the built program in a real window: go test -tags smoke ./smoke.
// It needs Xvfb, xdotool and ImageMagick, and looks at the program from outside only.
package smoke
