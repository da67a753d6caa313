// Package widgets holds the parts that Ganvas' window is put together from: plain data goes in, On…
// callbacks come out.
//
// Pictures are drawn on their own goroutines and handed to the screen finished; every widget can be
// used with Fyne's test driver, without a display and without cgo. Widgets with a Close method draw
// in the background: their goroutines end by themselves when there is nothing to draw, and at once
// with Close. A window whose tooltips are to show puts its content through WithTips.
//
// What gets the keyboard scrolls into sight by itself, and the wheel over a field scrolls what the
// field lies in; both look for that through containers, Fyne's own widgets with a content, and the
// widgets of this package.
//
// It knows nothing of training, data sets or projects, and it opens no windows.
package widgets
