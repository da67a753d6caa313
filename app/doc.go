// Package app is Ganvas' window: it puts a studio, the six pages (data, build, train, explore,
// judge), and the menus, drops and dialogs around them together. It computes nothing itself, and it
// does not choose the driver that opens the window: main does.
package app
