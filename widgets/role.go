package widgets

import "image/color"

// A Role is what a line, a point or a figure stands for in the game of two networks. Each has one
// colour in everything that is drawn: charts, planes, thumbnails.
type Role int

// The roles.
const (
	NoRole    Role = iota
	Real           // items of the data, and what D says of them
	Generated      // items that G made, and what D says of them
	D              // the discriminator
	G              // the generator
	roles
)

// The colours of the roles differ in hue and in lightness, so that they are told apart with every
// kind of colour vision, and stand out from a dark and from a light page.
var (
	rolesOnDark  = [roles]color.NRGBA{Real: {0xf8, 0x83, 0x1a, 0xff}, Generated: {0xb2, 0xdf, 0xff, 0xff}, D: {0x00, 0x98, 0x5a, 0xff}, G: {0xc0, 0x5f, 0xcb, 0xff}}
	rolesOnLight = [roles]color.NRGBA{Real: {0xe0, 0x4a, 0x00, 0xff}, Generated: {0x01, 0x6f, 0xf2, 0xff}, D: {0x00, 0x67, 0x3a, 0xff}, G: {0x8a, 0x00, 0x82, 0xff}}
	rolesOnBoth  = [roles]color.NRGBA{Real: {0xe0, 0x5c, 0x0c, 0xff}, Generated: {0x3d, 0x8d, 0xe8, 0xff}, D: {0x0f, 0x8a, 0x55, 0xff}, G: {0xb8, 0x4f, 0xc2, 0xff}}
)

// ColorOnAny returns the role's colour for pictures that are drawn once, whatever the theme.
func (r Role) ColorOnAny() color.NRGBA { return rolesOnBoth[r] }

// role returns the role's colour on the page.
func (s style) role(r Role) color.NRGBA {
	if s.dark() {
		return rolesOnDark[r]
	}
	return rolesOnLight[r]
}
