// Package ui has the parts that pages share: what a page may ask of the window, dialogs, the banner,
// fields of settings, layouts and the theme. It decides nothing about plans, data and runs.
package ui
