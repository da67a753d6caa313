// Package explorepage is the page that moves through the space of latents: one large picture that
// follows the mouse, sliders, finds that are kept, and the way between two pins.
package explorepage
