// Package buildpage is the page that edits the recipe: both networks as columns of cards, the settings
// as a form, and what training will cost on this computer.
package buildpage
