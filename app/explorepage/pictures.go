package explorepage

import (
	"image"

	"fyne.io/fyne/v2"

	"ganvas/app/studio"
	"ganvas/datasets"
	"ganvas/engine/ckpt"
	"ganvas/engine/gan"
	"ganvas/engine/nn"
	"ganvas/widgets"
)

// A pictureView shows one large picture.
type pictureView struct{ pad *widgets.LatentPad }

func newPictureView(_ *studio.Studio, w *walk) kindView {
	v := &pictureView{widgets.NewLatentPad()}
	v.pad.OnDrag, v.pad.OnDragEnd, v.pad.OnScroll = w.drag, w.dragEnd, w.scroll
	return v
}

func (v *pictureView) object() fyne.CanvasObject { return v.pad }

func (v *pictureView) announce(text string) {
	v.pad.Empty = text
	v.pad.Refresh()
}

func (v *pictureView) clear() { v.pad.SetPicture(nil) }

func (v *pictureView) close() {}

func (v *pictureView) pins() bool { return true }

func (v *pictureView) grid(*walk) [][]float32 { return nil }

func (v *pictureView) draw(g *gan.Generator, s scene) content {
	return &pictureContent{v, toPicture(g.Render(s.z, 1), g.Out())}
}

func (v *pictureView) kept(_ *ckpt.Latent, card image.Image) content {
	if card == nil {
		return nil
	}
	return &pictureContent{v, card}
}

// toPicture makes a picture of an item's values, sharing no memory with them.
func toPicture(values []float32, shape nn.Shape) image.Image {
	return datasets.ToImage(values, shape[0], shape[1], shape[2])
}

// A pictureContent is a picture that a generator made.
type pictureContent struct {
	of  *pictureView
	img image.Image
}

func (c *pictureContent) view() kindView { return c.of }

func (c *pictureContent) show() { c.of.pad.SetPicture(c.img) }

func (c *pictureContent) picture() image.Image { return c.img }

func (c *pictureContent) card() image.Image { return c.img }

// keep has nothing to do: the picture of the card is all there is.
func (c *pictureContent) keep(*ckpt.Latent) {}
