//! Four numbers side by side, as the inner loops hold them.
//!
//! On wasm with SIMD they are one `v128`; elsewhere an array, which the compiler finds vectors for.

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use wasm::Lanes;

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) use portable::Lanes;

/// Numbers of a vector.
pub(crate) const LANES: usize = 4;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use core::arch::wasm32::{f32x4, f32x4_add, f32x4_extract_lane, f32x4_mul, f32x4_splat, i32x4_shuffle, v128};

    #[derive(Clone, Copy)]
    pub struct Lanes(v128);

    impl Lanes {
        #[inline(always)]
        pub fn splat(value: f32) -> Self {
            Self(f32x4_splat(value))
        }

        #[inline(always)]
        pub fn load(&[a, b, c, d]: &[f32; 4]) -> Self {
            Self(f32x4(a, b, c, d))
        }

        #[inline(always)]
        pub fn store(self, target: &mut [f32; 4]) {
            *target = [
                f32x4_extract_lane::<0>(self.0),
                f32x4_extract_lane::<1>(self.0),
                f32x4_extract_lane::<2>(self.0),
                f32x4_extract_lane::<3>(self.0),
            ];
        }

        /// The sum of both.
        #[inline(always)]
        pub fn plus(self, other: Self) -> Self {
            Self(f32x4_add(self.0, other.0))
        }

        /// The product of both.
        #[inline(always)]
        pub fn times(self, other: Self) -> Self {
            Self(f32x4_mul(self.0, other.0))
        }

        /// This plus `a` times `b`, rounded twice.
        #[inline(always)]
        pub fn plus_product(self, a: Self, b: Self) -> Self {
            Self(f32x4_add(self.0, f32x4_mul(a.0, b.0)))
        }

        /// The numbers of both in turn.
        #[inline(always)]
        pub fn alternate(self, other: Self) -> [Self; 2] {
            [Self(i32x4_shuffle::<0, 4, 1, 5>(self.0, other.0)), Self(i32x4_shuffle::<2, 6, 3, 7>(self.0, other.0))]
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod portable {
    #[derive(Clone, Copy)]
    pub struct Lanes([f32; 4]);

    impl Lanes {
        #[inline(always)]
        pub fn splat(value: f32) -> Self {
            Self([value; 4])
        }

        #[inline(always)]
        pub fn load(values: &[f32; 4]) -> Self {
            Self(*values)
        }

        #[inline(always)]
        pub fn store(self, target: &mut [f32; 4]) {
            *target = self.0;
        }

        /// The sum of both.
        #[inline(always)]
        pub fn plus(self, Self([e, f, g, h]): Self) -> Self {
            let Self([a, b, c, d]) = self;
            Self([a + e, b + f, c + g, d + h])
        }

        /// The product of both.
        #[inline(always)]
        pub fn times(self, Self([e, f, g, h]): Self) -> Self {
            let Self([a, b, c, d]) = self;
            Self([a * e, b * f, c * g, d * h])
        }

        /// This plus `a` times `b`, rounded twice.
        #[inline(always)]
        pub fn plus_product(self, Self(a): Self, Self(b): Self) -> Self {
            let Self([s0, s1, s2, s3]) = self;
            Self([s0 + a[0] * b[0], s1 + a[1] * b[1], s2 + a[2] * b[2], s3 + a[3] * b[3]])
        }

        /// The numbers of both in turn.
        #[inline(always)]
        pub fn alternate(self, other: Self) -> [Self; 2] {
            let (Self([a, b, c, d]), Self([e, f, g, h])) = (self, other);
            [Self([a, e, b, f]), Self([c, g, d, h])]
        }
    }
}
