// Package export takes away what was learnt: galleries as PNG. It draws nothing: engine/gallery
// does.
package export
