// Package app is Ganvas' window: five pages (data, build, train, explore, judge), the menus, drops
// and dialogs around them, and the wiring between a session and the widgets. It computes nothing
// itself, and it does not choose the driver that opens the window: main does.
package app
